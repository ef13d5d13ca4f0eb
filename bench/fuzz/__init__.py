"""Mutated pages by the ten thousand: none may raise, hang, or give what its schema does not allow."""
