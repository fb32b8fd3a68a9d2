-- The published figures, with all that is known of where they come from.
SELECT *
FROM seeds.benchmarks
ORDER BY metric, source, population
