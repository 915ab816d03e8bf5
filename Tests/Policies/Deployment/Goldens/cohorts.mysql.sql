-- MySQL
-- p, espalier; unit and arm of every row, names as in the policy
WITH policy_0 AS (
  SELECT CAST(t.`u` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_0900_bin AS unit,
    CAST(t.`age` AS DOUBLE) - 40.5e0 AS z0,
    CASE CAST(t.`le'vel` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_0900_bin WHEN 'a\\b' THEN 0 WHEN 'it\'s' THEN 1 END AS z1
  FROM shop.units AS t),
policy_1 AS (
  SELECT q.*,
    md5(CONCAT('7:', unit)) AS digest
  FROM policy_0 AS q),
policy_2 AS (
  SELECT q.*,
    CAST(CONV(substr(digest, 1, 8), 16, 10) AS UNSIGNED) AS key_h,
    ((CAST(CONV(substr(digest, 17, 8), 16, 10) AS UNSIGNED)) >> 31) * 2147483648 + ((CAST(CONV(substr(digest, 9, 8), 16, 10) AS UNSIGNED) * 5) >> 32) * 67108864 + ((CAST(CONV(substr(digest, 25, 8), 16, 10) AS UNSIGNED)) >> 6) AS key_l
  FROM policy_1 AS q),
policy_3 AS (
  SELECT q.*,
    ((key_h) ^ (((key_h) >> 30))) AS k0_h1,
    ((key_l) ^ ((((key_h) & 1073741823) * 4 + ((key_l) >> 30)))) AS k0_l1
  FROM policy_2 AS q),
policy_4 AS (
  SELECT q.*,
    ((((((k0_l1) & 65535) * 484763065 + ((((k0_l1) >> 16) * 484763065) & 65535) * 65536) >> 32) + ((((k0_l1) >> 16) * 484763065) >> 16) + ((k0_h1) & 65535) * 484763065 + ((((k0_h1) >> 16) * 484763065) & 65535) * 65536 + ((k0_l1) & 65535) * 3210233709 + ((((k0_l1) >> 16) * 3210233709) & 65535) * 65536) & 4294967295) AS k0_h2,
    ((((k0_l1) & 65535) * 484763065 + ((((k0_l1) >> 16) * 484763065) & 65535) * 65536) & 4294967295) AS k0_l2
  FROM policy_3 AS q),
policy_5 AS (
  SELECT q.*,
    ((k0_h2) ^ (((k0_h2) >> 27))) AS k0_h3,
    ((k0_l2) ^ ((((k0_h2) & 134217727) * 32 + ((k0_l2) >> 27)))) AS k0_l3
  FROM policy_4 AS q),
policy_6 AS (
  SELECT q.*,
    ((((((k0_l3) & 65535) * 321982955 + ((((k0_l3) >> 16) * 321982955) & 65535) * 65536) >> 32) + ((((k0_l3) >> 16) * 321982955) >> 16) + ((k0_h3) & 65535) * 321982955 + ((((k0_h3) >> 16) * 321982955) & 65535) * 65536 + ((k0_l3) & 65535) * 2496678331 + ((((k0_l3) >> 16) * 2496678331) & 65535) * 65536) & 4294967295) AS k0_h4,
    ((((k0_l3) & 65535) * 321982955 + ((((k0_l3) >> 16) * 321982955) & 65535) * 65536) & 4294967295) AS k0_l4
  FROM policy_5 AS q),
policy_7 AS (
  SELECT q.*,
    ((k0_h4) ^ (((k0_h4) >> 31))) AS k0_h5,
    ((k0_l4) ^ ((((k0_h4) & 2147483647) * 2 + ((k0_l4) >> 31)))) AS k0_l5
  FROM policy_6 AS q),
policy_8 AS (
  SELECT q.*,
    ((k0_h5) ^ (547832995)) AS m0_h,
    ((k0_l5) ^ (1289286718)) AS m0_l,
    ((k0_h5) ^ (2537415883)) AS m1_h,
    ((k0_l5) ^ (524601459)) AS m1_l,
    ((k0_h5) ^ (364307328)) AS m2_h,
    ((k0_l5) ^ (3943256556)) AS m2_l
  FROM policy_7 AS q),
policy_9 AS (
  SELECT q.*,
    ((m0_h) ^ (((m0_h) >> 30))) AS d0_h1,
    ((m0_l) ^ ((((m0_h) & 1073741823) * 4 + ((m0_l) >> 30)))) AS d0_l1,
    ((m1_h) ^ (((m1_h) >> 30))) AS d1_h1,
    ((m1_l) ^ ((((m1_h) & 1073741823) * 4 + ((m1_l) >> 30)))) AS d1_l1,
    ((m2_h) ^ (((m2_h) >> 30))) AS d2_h1,
    ((m2_l) ^ ((((m2_h) & 1073741823) * 4 + ((m2_l) >> 30)))) AS d2_l1
  FROM policy_8 AS q),
policy_10 AS (
  SELECT q.*,
    ((((((d0_l1) & 65535) * 484763065 + ((((d0_l1) >> 16) * 484763065) & 65535) * 65536) >> 32) + ((((d0_l1) >> 16) * 484763065) >> 16) + ((d0_h1) & 65535) * 484763065 + ((((d0_h1) >> 16) * 484763065) & 65535) * 65536 + ((d0_l1) & 65535) * 3210233709 + ((((d0_l1) >> 16) * 3210233709) & 65535) * 65536) & 4294967295) AS d0_h2,
    ((((d0_l1) & 65535) * 484763065 + ((((d0_l1) >> 16) * 484763065) & 65535) * 65536) & 4294967295) AS d0_l2,
    ((((((d1_l1) & 65535) * 484763065 + ((((d1_l1) >> 16) * 484763065) & 65535) * 65536) >> 32) + ((((d1_l1) >> 16) * 484763065) >> 16) + ((d1_h1) & 65535) * 484763065 + ((((d1_h1) >> 16) * 484763065) & 65535) * 65536 + ((d1_l1) & 65535) * 3210233709 + ((((d1_l1) >> 16) * 3210233709) & 65535) * 65536) & 4294967295) AS d1_h2,
    ((((d1_l1) & 65535) * 484763065 + ((((d1_l1) >> 16) * 484763065) & 65535) * 65536) & 4294967295) AS d1_l2,
    ((((((d2_l1) & 65535) * 484763065 + ((((d2_l1) >> 16) * 484763065) & 65535) * 65536) >> 32) + ((((d2_l1) >> 16) * 484763065) >> 16) + ((d2_h1) & 65535) * 484763065 + ((((d2_h1) >> 16) * 484763065) & 65535) * 65536 + ((d2_l1) & 65535) * 3210233709 + ((((d2_l1) >> 16) * 3210233709) & 65535) * 65536) & 4294967295) AS d2_h2,
    ((((d2_l1) & 65535) * 484763065 + ((((d2_l1) >> 16) * 484763065) & 65535) * 65536) & 4294967295) AS d2_l2
  FROM policy_9 AS q),
policy_11 AS (
  SELECT q.*,
    ((d0_h2) ^ (((d0_h2) >> 27))) AS d0_h3,
    ((d0_l2) ^ ((((d0_h2) & 134217727) * 32 + ((d0_l2) >> 27)))) AS d0_l3,
    ((d1_h2) ^ (((d1_h2) >> 27))) AS d1_h3,
    ((d1_l2) ^ ((((d1_h2) & 134217727) * 32 + ((d1_l2) >> 27)))) AS d1_l3,
    ((d2_h2) ^ (((d2_h2) >> 27))) AS d2_h3,
    ((d2_l2) ^ ((((d2_h2) & 134217727) * 32 + ((d2_l2) >> 27)))) AS d2_l3
  FROM policy_10 AS q),
policy_12 AS (
  SELECT q.*,
    ((((((d0_l3) & 65535) * 321982955 + ((((d0_l3) >> 16) * 321982955) & 65535) * 65536) >> 32) + ((((d0_l3) >> 16) * 321982955) >> 16) + ((d0_h3) & 65535) * 321982955 + ((((d0_h3) >> 16) * 321982955) & 65535) * 65536 + ((d0_l3) & 65535) * 2496678331 + ((((d0_l3) >> 16) * 2496678331) & 65535) * 65536) & 4294967295) AS d0_h4,
    ((((d0_l3) & 65535) * 321982955 + ((((d0_l3) >> 16) * 321982955) & 65535) * 65536) & 4294967295) AS d0_l4,
    ((((((d1_l3) & 65535) * 321982955 + ((((d1_l3) >> 16) * 321982955) & 65535) * 65536) >> 32) + ((((d1_l3) >> 16) * 321982955) >> 16) + ((d1_h3) & 65535) * 321982955 + ((((d1_h3) >> 16) * 321982955) & 65535) * 65536 + ((d1_l3) & 65535) * 2496678331 + ((((d1_l3) >> 16) * 2496678331) & 65535) * 65536) & 4294967295) AS d1_h4,
    ((((d1_l3) & 65535) * 321982955 + ((((d1_l3) >> 16) * 321982955) & 65535) * 65536) & 4294967295) AS d1_l4,
    ((((((d2_l3) & 65535) * 321982955 + ((((d2_l3) >> 16) * 321982955) & 65535) * 65536) >> 32) + ((((d2_l3) >> 16) * 321982955) >> 16) + ((d2_h3) & 65535) * 321982955 + ((((d2_h3) >> 16) * 321982955) & 65535) * 65536 + ((d2_l3) & 65535) * 2496678331 + ((((d2_l3) >> 16) * 2496678331) & 65535) * 65536) & 4294967295) AS d2_h4,
    ((((d2_l3) & 65535) * 321982955 + ((((d2_l3) >> 16) * 321982955) & 65535) * 65536) & 4294967295) AS d2_l4
  FROM policy_11 AS q),
policy_13 AS (
  SELECT q.*,
    ((d0_h4) ^ (((d0_h4) >> 31))) AS d0_h5,
    ((d0_l4) ^ ((((d0_h4) & 2147483647) * 2 + ((d0_l4) >> 31)))) AS d0_l5,
    ((d1_h4) ^ (((d1_h4) >> 31))) AS d1_h5,
    ((d1_l4) ^ ((((d1_h4) & 2147483647) * 2 + ((d1_l4) >> 31)))) AS d1_l5,
    ((d2_h4) ^ (((d2_h4) >> 31))) AS d2_h5,
    ((d2_l4) ^ ((((d2_h4) & 2147483647) * 2 + ((d2_l4) >> 31)))) AS d2_l5
  FROM policy_12 AS q),
policy_14 AS (
  SELECT q.*,
    CAST((d0_h5 * 2097152 + ((d0_l5) >> 11)) AS DOUBLE) * 1.1102230246251565e-16 AS u_cohort,
    CAST((d1_h5 * 2097152 + ((d1_l5) >> 11)) AS DOUBLE) * 1.1102230246251565e-16 AS u_holdout,
    CAST((d2_h5 * 2097152 + ((d2_l5) >> 11)) AS DOUBLE) * 1.1102230246251565e-16 AS u_holdout_arm
  FROM policy_13 AS q),
policy_15 AS (
  SELECT q.*,
    CASE WHEN z0 >= -0.09999999776482582e0 THEN 1 ELSE 0 END AS leaf_0,
    CASE WHEN z1 IN (1) THEN 0 ELSE 1 END AS leaf_1
  FROM policy_14 AS q),
policy_16 AS (
  SELECT q.*,
    CASE leaf_0 WHEN 0 THEN CASE leaf_1 WHEN 0 THEN 0 WHEN 1 THEN 1 ELSE -1 END WHEN 1 THEN CASE WHEN leaf_1 = 0 THEN 2 ELSE -1 END ELSE -1 END AS cohort_group
  FROM policy_15 AS q),
policy_17 AS (
  SELECT q.*,
    CASE cohort_group WHEN 0 THEN 0 WHEN 1 THEN CASE WHEN u_cohort * 1.0e0 < 0.25e0 THEN 0 ELSE 1 END WHEN 2 THEN 1 ELSE 0 END AS pick
  FROM policy_16 AS q),
policy_18 AS (
  SELECT q.*,
    CASE WHEN u_holdout < 0.1e0 THEN 1 ELSE 0 END AS held
  FROM policy_17 AS q),
policy_19 AS (
  SELECT q.*,
    CASE WHEN held = 1 THEN CASE WHEN u_holdout_arm * 2.0e0 < 1.0e0 THEN 0 ELSE 1 END ELSE pick END AS given
  FROM policy_18 AS q)
SELECT unit,
  CASE given WHEN 0 THEN 'control' WHEN 1 THEN 'it\'s' END AS arm,
  held AS holdout
FROM policy_19 AS q
