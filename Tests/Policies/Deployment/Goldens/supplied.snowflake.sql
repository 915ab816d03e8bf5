-- Snowflake
-- p, espalier; unit and arm of every row, names as in the policy
-- Sums are in double precision: arms may differ from `espalier assign` where two are all but equal.
-- Names are as the policy has them: columns that were made without quotes have capital letters.
WITH policy_0 AS (
  SELECT CAST(t."u" AS VARCHAR) AS unit,
    NULLIF(CAST(t."tau y" AS FLOAT), 'NaN'::FLOAT) AS s0,
    NULLIF(CAST(t."tau z" AS FLOAT), 'NaN'::FLOAT) AS s1
  FROM shop.units AS t),
policy_1 AS (
  SELECT q.*,
    ((CAST(s0 AS FLOAT) / 2.0e0::FLOAT)) - 0.25e0::FLOAT AS tau_1_0,
    (CAST(s1 AS FLOAT) / 1.0e0::FLOAT) AS tau_1_1
  FROM policy_0 AS q),
policy_2 AS (
  SELECT q.*,
    0.0e0::FLOAT AS utility_0,
    0.25e0::FLOAT + 2.0e0::FLOAT * CAST(tau_1_0 AS FLOAT) + 0.5e0::FLOAT * CAST(tau_1_1 AS FLOAT) AS utility_1
  FROM policy_1 AS q),
policy_3 AS (
  SELECT q.*,
    CASE WHEN utility_0 IS NULL OR utility_1 IS NULL THEN NULL WHEN utility_0 >= utility_1 THEN 0 ELSE 1 END AS pick
  FROM policy_2 AS q),
policy_4 AS (
  SELECT q.*,
    0 AS held
  FROM policy_3 AS q),
policy_5 AS (
  SELECT q.*,
    pick AS given
  FROM policy_4 AS q)
SELECT unit,
  CASE given WHEN 0 THEN 'control' WHEN 1 THEN 'it\'s' END AS arm,
  held AS holdout
FROM policy_5 AS q
