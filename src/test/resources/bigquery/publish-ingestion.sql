INSERT INTO `a-project.dev_ops.warehouse_settings` (`name`, `value`, `_ingested_at`, `_run_id`)
SELECT 'reporting_zone', 'Europe/Berlin', TIMESTAMP '2024-06-01 12:00:00.654321+00', 'nightly-7'
FROM (SELECT COUNT(*) AS stored FROM `a-project.dev_ops.warehouse_settings` WHERE `name` = 'reporting_zone') AS settings
WHERE stored = 0;
ASSERT (SELECT COUNT(*) FROM `a-project.dev_ops.warehouse_settings` WHERE `name` = 'reporting_zone' AND `value` = 'Europe/Berlin') = 1
AS 'the warehouse was created for another reporting zone than Europe/Berlin';
BEGIN TRANSACTION;
MERGE INTO `a-project.dev_raw.discounts` AS kept
USING (
  SELECT *
  FROM `a-project.dev_loads._load_raw_discounts_nightly-7_20240601120000654321` AS loaded
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY `id`, `_snapshot_date`
    ORDER BY loaded._changed_at DESC, CASE loaded._source WHEN 'synthetic' THEN 0 WHEN 'json' THEN 1 WHEN 'webhook' THEN 2 WHEN 'stripe_api' THEN 3 ELSE -1 END DESC, CASE WHEN loaded._payload IS NULL THEN 0 ELSE 1 END DESC, CASE WHEN loaded.deleted THEN 1 ELSE 0 END DESC, TO_HEX(MD5(COALESCE(loaded._payload, ''))) DESC) = 1
) AS given
ON kept.`id` = given.`id` AND kept.`_snapshot_date` = given.`_snapshot_date`
  AND kept.`_snapshot_date` >= DATE '2024-01-10' AND kept.`_snapshot_date` < DATE '2024-01-20'
WHEN MATCHED AND (
  kept._changed_at = given._changed_at AND kept._source = given._source AND kept._payload = given._payload
  OR kept._changed_at < given._changed_at
  OR kept._changed_at = given._changed_at AND CASE kept._source WHEN 'synthetic' THEN 0 WHEN 'json' THEN 1 WHEN 'webhook' THEN 2 WHEN 'stripe_api' THEN 3 ELSE -1 END < CASE given._source WHEN 'synthetic' THEN 0 WHEN 'json' THEN 1 WHEN 'webhook' THEN 2 WHEN 'stripe_api' THEN 3 ELSE -1 END
  OR kept._changed_at = given._changed_at AND CASE kept._source WHEN 'synthetic' THEN 0 WHEN 'json' THEN 1 WHEN 'webhook' THEN 2 WHEN 'stripe_api' THEN 3 ELSE -1 END = CASE given._source WHEN 'synthetic' THEN 0 WHEN 'json' THEN 1 WHEN 'webhook' THEN 2 WHEN 'stripe_api' THEN 3 ELSE -1 END AND CASE WHEN kept._payload IS NULL THEN 0 ELSE 1 END < CASE WHEN given._payload IS NULL THEN 0 ELSE 1 END
  OR kept._changed_at = given._changed_at AND CASE kept._source WHEN 'synthetic' THEN 0 WHEN 'json' THEN 1 WHEN 'webhook' THEN 2 WHEN 'stripe_api' THEN 3 ELSE -1 END = CASE given._source WHEN 'synthetic' THEN 0 WHEN 'json' THEN 1 WHEN 'webhook' THEN 2 WHEN 'stripe_api' THEN 3 ELSE -1 END AND CASE WHEN kept._payload IS NULL THEN 0 ELSE 1 END = CASE WHEN given._payload IS NULL THEN 0 ELSE 1 END AND CASE WHEN kept.deleted THEN 1 ELSE 0 END < CASE WHEN given.deleted THEN 1 ELSE 0 END
  OR kept._changed_at = given._changed_at AND CASE kept._source WHEN 'synthetic' THEN 0 WHEN 'json' THEN 1 WHEN 'webhook' THEN 2 WHEN 'stripe_api' THEN 3 ELSE -1 END = CASE given._source WHEN 'synthetic' THEN 0 WHEN 'json' THEN 1 WHEN 'webhook' THEN 2 WHEN 'stripe_api' THEN 3 ELSE -1 END AND CASE WHEN kept._payload IS NULL THEN 0 ELSE 1 END = CASE WHEN given._payload IS NULL THEN 0 ELSE 1 END AND CASE WHEN kept.deleted THEN 1 ELSE 0 END = CASE WHEN given.deleted THEN 1 ELSE 0 END AND TO_HEX(MD5(COALESCE(kept._payload, ''))) <= TO_HEX(MD5(COALESCE(given._payload, '')))) THEN UPDATE SET `coupon` = given.`coupon`, `customer` = given.`customer`, `subscription` = given.`subscription`, `subscription_item` = given.`subscription_item`, `invoice` = given.`invoice`, `promotion_code` = given.`promotion_code`, `start` = given.`start`, `end` = given.`end`, `deleted` = given.`deleted`, `_changed_at` = given.`_changed_at`, `_source` = given.`_source`, `_payload` = given.`_payload`, `_ingested_at` = TIMESTAMP '2024-06-01 12:00:00.654321+00', `_run_id` = 'nightly-7'
WHEN NOT MATCHED THEN INSERT (`id`, `coupon`, `customer`, `subscription`, `subscription_item`, `invoice`, `promotion_code`, `start`, `end`, `deleted`, `_snapshot_date`, `_changed_at`, `_source`, `_payload`, `_ingested_at`, `_run_id`)
VALUES (given.`id`, given.`coupon`, given.`customer`, given.`subscription`, given.`subscription_item`, given.`invoice`, given.`promotion_code`, given.`start`, given.`end`, given.`deleted`, given.`_snapshot_date`, given.`_changed_at`, given.`_source`, given.`_payload`, TIMESTAMP '2024-06-01 12:00:00.654321+00', 'nightly-7');
COMMIT TRANSACTION;
SELECT 'raw.discounts' AS published_table, COUNT(*) AS published_rows FROM `a-project.dev_raw.discounts` WHERE `_run_id` = 'nightly-7' AND `_ingested_at` = TIMESTAMP '2024-06-01 12:00:00.654321+00' AND `_snapshot_date` >= DATE '2024-01-10' AND `_snapshot_date` < DATE '2024-01-20';
