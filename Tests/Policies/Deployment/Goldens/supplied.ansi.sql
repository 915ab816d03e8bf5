-- ANSI SQL
-- p, espalier; unit and arm of every row, names as in the policy
WITH policy_0 AS (
  SELECT CAST(t."u" AS VARCHAR(1000)) AS unit,
    CAST(t."tau y" AS DOUBLE PRECISION) AS s0,
    CAST(t."tau z" AS DOUBLE PRECISION) AS s1
  FROM shop.units AS t),
policy_1 AS (
  SELECT q.*,
    (CAST((CAST(CAST(s0 AS REAL) AS DOUBLE PRECISION) / 2.0e0) AS REAL)) - CAST(0.25e0 AS REAL) AS tau_1_0,
    CAST((CAST(CAST(s1 AS REAL) AS DOUBLE PRECISION) / 1.0e0) AS REAL) AS tau_1_1
  FROM policy_0 AS q),
policy_2 AS (
  SELECT q.*,
    0.0e0 AS utility_0,
    0.25e0 + 2.0e0 * CAST(tau_1_0 AS DOUBLE PRECISION) + 0.5e0 * CAST(tau_1_1 AS DOUBLE PRECISION) AS utility_1
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
  CASE given WHEN 0 THEN 'control' WHEN 1 THEN 'it''s' END AS arm,
  held AS holdout
FROM policy_5 AS q
