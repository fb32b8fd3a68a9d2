-- Every row of another source, the customer it is, and the rule that says so or the reason why not.
SELECT source, object, source_id, customer_id, rule, reason, confidence
FROM intermediate.identities
ORDER BY rule DESC, object, source_id
