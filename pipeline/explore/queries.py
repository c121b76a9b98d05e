"""Questions that are asked again and again, as queries with their parameters."""

from __future__ import annotations

from typing import NamedTuple


class Query(NamedTuple):
    """A query: what it is called, what it answers, and its SQL; what must be filled in is said."""

    title: str
    description: str
    sql: str
    hide_sql: bool = True


QUERIES = {
    "indicator": Query(
        "One indicator over years and places",
        "Every record whose name holds some words, by place and period. Fill in a name (常住人口, 生产总值 …) to get "
        "rows; leave the place empty for all.",
        """\
SELECT d.place, CAST(coalesce(substr(m.period_start, 1, 4), d.year_covered) AS INTEGER) AS year, m.value, m.unit, m.base_value,
  m.base_unit, m.name, m.status, m.change, m.subject, m.sentence,
  '/reports/metrics/' || m.doc_id || ',' || m.metric_id AS evidence
FROM metrics m JOIN documents d USING (doc_id)
WHERE m.name IN (SELECT name FROM names WHERE :name <> '' AND name LIKE '%' || :name || '%')
  AND (:place = '' OR d.place LIKE '%' || :place || '%')
ORDER BY d.place, year, m.metric_id""",
    ),
    "problems": Query(
        "Problems by topic",
        "What reports say under problems and shortcomings. Leave topic and year empty for all.",
        """\
SELECT s.topic, d.year_covered AS year, d.place, s.heading,
  substr(d.text, s.start + 1, min(s."end" - s.start, 400)) AS text, s.role_score,
  '/reports/documents/' || s.doc_id AS evidence
FROM sections s JOIN documents d USING (doc_id)
WHERE s.role = 'problems' AND (:topic = '' OR s.topic = :topic) AND (:year = '' OR d.year_covered = :year)
ORDER BY s.topic, year, s.doc_id, s.section_id""",
    ),
    "topics": Query(
        "Topics by role",
        "How many sections there are of each topic and role.",
        "SELECT topic, role, count(*) AS sections FROM sections GROUP BY topic, role ORDER BY sections DESC",
    ),
    "failures_by_kind": Query(
        "Failures",
        "Entries that became no document, by stage and kind of error, with one of each.",
        """\
SELECT stage, error, count(*) AS entries, min(source) AS example, min(message) AS message
FROM failures GROUP BY stage, error ORDER BY entries DESC""",
    ),
    "metrics_with_words": Query(
        "Metrics whose sentence holds words",
        "Fill in words to get rows, in any order, as in the search of sentences: 高标准农田 投资.",
        """\
SELECT m.name, m.value, m.unit, m.period, m.status, d.place, d.year_covered AS year, m.sentence,
  '/reports/metrics/' || m.doc_id || ',' || m.metric_id AS evidence
FROM sentences_search f JOIN sentences s ON s.rowid = f.rowid
  JOIN metrics m ON m.doc_id = s.doc_id AND m.sentence_id = s.sentence_id JOIN documents d ON d.doc_id = m.doc_id
WHERE sentences_search MATCH escape_fts(:words)
ORDER BY m.doc_id, m.metric_id""",
    ),
}
