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
        "Every record whose name holds some words, by place and period; numbers said of the parts of a whole (其中一、二、三产"
        "分别) are left out, as a panel leaves them out. Fill in a name (常住人口, 生产总值 …) to get "
        "rows; leave the place empty for all.",
        """\
SELECT d.place, CAST(coalesce(substr(m.period_start, 1, 4), d.year_covered) AS INTEGER) AS year, m.value, m.unit, m.base_value,
  m.base_unit, m.name, m.status, m.change, m.subject, m.sentence,
  '/reports/metrics/' || m.doc_id || ',' || m.metric_id AS evidence
FROM metrics m JOIN documents d USING (doc_id)
WHERE m.name IN (SELECT name FROM names WHERE :name <> '' AND name LIKE '%' || :name || '%')
  AND (:place = '' OR d.place LIKE '%' || :place || '%')
  AND NOT (m.sentence LIKE '%分别%' AND is_of_parts(m.name, m.sentence, m.quantity))
ORDER BY d.place, year, m.metric_id""",
    ),
    "problems": Query(
        "Problems by topic",
        "What reports say of problems and shortcomings: sections on them, and passages without a heading, which have no "
        "topic and stand first. Leave topic and year empty for all.",
        """\
WITH named AS (
  SELECT topic, doc_id, section_id, heading, start, "end", role_score FROM sections WHERE role = 'problems'
  UNION ALL
  SELECT NULL, p.doc_id, p.section_id, s.heading, min(p.start), max(p."end"), NULL
  FROM sentences p JOIN sections s USING (doc_id, section_id)
  WHERE p.passage = 'problems' AND s.role <> 'problems' GROUP BY p.doc_id, p.section_id
)
SELECT n.topic, d.year_covered AS year, d.place, n.heading,
  substr(d.text, n.start + 1, min(n."end" - n.start, 400)) AS text, n.role_score,
  '/reports/documents/' || n.doc_id AS evidence
FROM named n JOIN documents d USING (doc_id)
WHERE (:topic = '' OR n.topic = :topic) AND (:year = '' OR d.year_covered = :year)
ORDER BY n.topic, year, n.doc_id, n.section_id""",
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
