"""JSON values of any kind under the names that the readers look for."""

from __future__ import annotations

from hypothesis import strategies as st

_SCHEMA_ORG = (
    "@type @id @value @language @list @graph @context name description hasCourseInstance offers price priceCurrency "
    "category location address addressCountry inLanguage provider teaches about keywords courseMode courseWorkload "
    "courseSchedule duration repeatCount timeRequired identifier propertyID minValue maxValue value educationalLevel "
    "educationalAlignment targetName numberOfCredits unitText startDate endDate maximumAttendeeCapacity url license "
    "isBasedOn dateModified itemListElement item isAccessibleForFree termCode associatedMedia caption lowPrice "
    "priceSpecification containedInPlace availabilityEnds educationalCredentialAwarded en de"
)
_MOOCHUB = (
    "id type attributes courseCode languages learningObjectives publisher creator courseLicenses workload timeValue "
    "timeUnit access offer paymentFrequency contentLocation city applicationDeadline educationalCredentialsAwarded"
)
_MOODLE = "fullname displayname shortname summary summaryformat startdate enddate lang visible timemodified"
_WORDS = (
    *(
        "Course",
        "CourseInstance",
        "de",
        "2026-01-01",
        "2026-13-45",
        "PT5H",
        "P2W",
        "free",
        "240 EUR",
        "EQF 4",
        "5 ECTS",
    ),
    *("https://a.org", "https://[", "http://a b", "<p>x", "&nbsp;", "\ud800", "\x00", "NaN", "online", "_:b0", "EQF"),
)
_scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6)
    | st.sampled_from([*_WORDS, 10**30, -5, 1e300])
)  # fmt: skip
_names = st.sampled_from(f"{_SCHEMA_ORG} {_MOOCHUB} {_MOODLE}".split())
_values = st.recursive(
    _scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_names, inner, max_size=6), max_leaves=20
)
json_objects = st.dictionaries(_names, _values, max_size=10)
