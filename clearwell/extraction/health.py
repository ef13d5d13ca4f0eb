"""What a health page declares of itself in schema.org's words: its reviewers, its review, its medical subjects."""

from datetime import datetime

from clearwell.article import MedicalType
from clearwell.extraction.dates import parse_date
from clearwell.extraction.json_ld import Thing
from clearwell.extraction.values import MAX_ITEMS, clean_text, listed, name_of, string, types_of

# https://schema.org/docs/meddocs.html, those that tell what a page or its subject is; 2026-11
MEDICAL_TYPES = frozenset(
    "MedicalWebPage HealthTopicContent MedicalScholarlyArticle MedicalEntity AnatomicalStructure AnatomicalSystem "
    "Bone BrainStructure Joint Ligament Muscle Nerve Vessel Artery Vein LymphaticVessel SuperficialAnatomy "
    "MedicalCause MedicalCondition InfectiousDisease MedicalSignOrSymptom MedicalSign MedicalSymptom VitalSign "
    "MedicalContraindication MedicalDevice MedicalGuideline MedicalGuidelineContraindication "
    "MedicalGuidelineRecommendation MedicalIndication ApprovedIndication PreventionIndication TreatmentIndication "
    "MedicalProcedure DiagnosticProcedure PalliativeProcedure PhysicalExam SurgicalProcedure TherapeuticProcedure "
    "MedicalTherapy OccupationalTherapy PhysicalTherapy PsychologicalTreatment RadiationTherapy "
    "RespiratoryTherapy MedicalRiskFactor MedicalRiskEstimator MedicalRiskCalculator MedicalRiskScore "
    "MedicalStudy MedicalObservationalStudy MedicalTrial MedicalTest BloodTest ImagingTest MedicalTestPanel "
    "PathologyTest Drug DrugClass DrugLegalStatus DrugCost DrugStrength DoseSchedule MaximumDoseSchedule "
    "RecommendedDoseSchedule ReportedDoseSchedule DietarySupplement Substance LifestyleModification Diet "
    "ExercisePlan PhysicalActivity".split()
)


def find_last_reviewed(stated: list[Thing], fetched: datetime | None) -> str | None:
    """When somebody last checked the page (`lastReviewed`), ISO 8601."""
    return next((found for thing in stated if (found := parse_date(string(thing.get("lastReviewed")), fetched))), None)


def find_reviewers(stated: list[Thing]) -> tuple[str, ...]:
    """The names of those who checked the page (`reviewedBy`), people and organisations, as stated."""
    names: dict[str, None] = {}
    for thing in stated:
        for reviewer in listed(thing.get("reviewedBy")):
            if (name := name_of(reviewer)) and "http" not in name:
                names[name[:200]] = None
    return tuple(names)[:MAX_ITEMS]


def find_medical_types(things: list[Thing]) -> tuple[MedicalType, ...]:
    """The medical types the page declares of itself and of what it is about, with the names it gives them."""
    found: dict[MedicalType, None] = {}
    for thing in things:
        subjects = [
            thing,
            *listed(thing.get("about")),
            *listed(thing.get("mainEntity")),
            *listed(thing.get("mentions")),
        ]
        for subject in subjects:
            if isinstance(subject, dict):
                for kind in types_of(subject):
                    if kind in MEDICAL_TYPES:
                        found[MedicalType(kind, clean_text(subject.get("name")))] = None
        if len(found) >= MAX_ITEMS:
            break
    return tuple(found)[:MAX_ITEMS]
