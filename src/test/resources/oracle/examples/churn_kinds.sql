-- One customer per way to leave. no_reason_* have no cancellation reason: an open or uncollectible
-- latest invoice with attempts is involuntary, as it stood on that day (paid later changes nothing);
-- two_*: the subscription that ended last decides, by ended_at, then id.
-- expected: disputed dispute | no_reason_never_tried unknown | no_reason_open involuntary | no_reason_paid unknown | no_reason_uncollectible involuntary | not_paid involuntary | paused pause | retention unknown | two_by_id involuntary | two_by_time voluntary | unpaid involuntary | wanted voluntary from SELECT customer_id, churn_kind FROM fct_mrr_movements WHERE movement_type = 'churn'
-- expected: 2 5 1 1 3 12 from SELECT voluntary_churned, involuntary_churned, dispute_churned, paused_churned, unknown_churned, voluntary_churned + involuntary_churned + dispute_churned + paused_churned + unknown_churned FROM churn_monthly WHERE segment = 'all' AND month = '2024-02-01'
-- expected: 11 1 0 from SELECT starter_churned, professional_churned, other_churned FROM churn_monthly WHERE segment = 'all' AND month = '2024-02-01'
SET VARIABLE as_of = DATE '2024-04-01';
CREATE TEMP MACRO leaves(name, reason, status := 'canceled', ended_at := '2024-02-10 10:00', id := NULL, invoice := NULL, pause := NULL, price := NULL) AS TABLE
FROM a_subscription(coalesce(id, 'sub_' || name), name, '2024-01-03', [an_item('si', coalesce(price, starter(2000)))], latest_invoice := invoice) UNION ALL
FROM a_subscription(coalesce(id, 'sub_' || name), name, '2024-01-03', [an_item('si', coalesce(price, starter(2000)))], latest_invoice := invoice,
    status := status, changed := ended_at, ended_at := CASE WHEN status = 'canceled' THEN ended_at END, reason := reason, pause := pause);
INSERT INTO raw.subscriptions BY NAME
FROM leaves('wanted', 'cancellation_requested') UNION ALL FROM leaves('not_paid', 'payment_failed') UNION ALL
FROM leaves('disputed', 'payment_disputed') UNION ALL FROM leaves('retention', 'canceled_by_retention_policy') UNION ALL
FROM leaves('no_reason_open', NULL, invoice := 'in_open') UNION ALL FROM leaves('no_reason_uncollectible', NULL, invoice := 'in_uncollectible') UNION ALL
FROM leaves('no_reason_never_tried', NULL, invoice := 'in_never_tried') UNION ALL FROM leaves('no_reason_paid', NULL, invoice := 'in_paid') UNION ALL
FROM leaves('unpaid', NULL, status := 'unpaid') UNION ALL FROM leaves('paused', NULL, status := 'active', pause := 'void') UNION ALL
FROM leaves('two_by_time', 'cancellation_requested', id := 'sub_ta', ended_at := '2024-02-10 12:00', price := professional(5000)) UNION ALL
FROM leaves('two_by_time', 'payment_failed', id := 'sub_tb', ended_at := '2024-02-10 11:00') UNION ALL
FROM leaves('two_by_id', 'cancellation_requested', id := 'sub_ia') UNION ALL FROM leaves('two_by_id', 'payment_failed', id := 'sub_ib');
INSERT INTO raw.invoices BY NAME
FROM an_invoice('in_open', 'no_reason_open', '2024-02-03', subscription := 'sub_no_reason_open', status := 'open', total := 2000, attempt_count := 4) UNION ALL
FROM an_invoice('in_open', 'no_reason_open', '2024-02-03', subscription := 'sub_no_reason_open', total := 2000, attempt_count := 4, paid_at := '2024-03-01') UNION ALL
FROM an_invoice('in_uncollectible', 'no_reason_uncollectible', '2024-02-03', subscription := 'sub_no_reason_uncollectible', status := 'open', total := 2000, attempt_count := 1) UNION ALL
FROM an_invoice('in_uncollectible', 'no_reason_uncollectible', '2024-02-03', subscription := 'sub_no_reason_uncollectible', status := 'uncollectible', total := 2000, attempt_count := 4, changed := '2024-02-10 10:00') UNION ALL
FROM an_invoice('in_never_tried', 'no_reason_never_tried', '2024-02-03', subscription := 'sub_no_reason_never_tried', status := 'open', total := 2000) UNION ALL
FROM an_invoice('in_paid', 'no_reason_paid', '2024-02-03', subscription := 'sub_no_reason_paid', total := 2000, attempt_count := 1, paid_at := '2024-02-03');
