"""What is kept between runs: articles and rejections, in SQL."""
