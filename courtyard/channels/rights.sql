-- The rule that says what a person may do in a place. It stands here and nowhere else: posting,
-- reading, sockets, lists and audiences all select from the view place_right.
--
-- Base: the union of the person's roles in the group (nothing in a conversation). Then overrides,
-- each deny before allow: for everyone, for the person's roles together, for the person. Who
-- cannot view can nothing. Who administers the group can everything in a place they can view.
-- An archived place, and every place of an archived group, can only be viewed. So can a
-- conversation of two of whom one blocks the other; among more, blocking is each client's own.
--
-- Expressions, not functions: PostgreSQL takes them into the plan, which is ten times faster.

CREATE OR REPLACE VIEW place_right AS
SELECT user_id, channel_id, group_id,
       CASE
           WHEN p & 1 = 0 THEN 0                                -- VIEW
           WHEN read_only THEN 1
           WHEN base & 8192 <> 0 THEN p | 15                    -- ADMINISTER: all of a place
           ELSE p
       END AS permissions
FROM (
    SELECT m.user_id, c.id AS channel_id, c.group_id, base,
           (((((base & ~everyone_deny) | everyone_allow)
               & ~roles_deny) | roles_allow)
               & ~person_deny) | person_allow AS p,
           c.archived_at IS NOT NULL OR g.archived_at IS NOT NULL AS read_only
    FROM channel c
    JOIN "group" g ON g.id = c.group_id
    JOIN member m ON m.group_id = c.group_id
    CROSS JOIN LATERAL (
        SELECT coalesce(bit_or(r.permissions), 0) AS base, array_agg(r.id) AS ids
        FROM member_role mr JOIN role r ON r.id = mr.role_id
        WHERE mr.group_id = m.group_id AND mr.user_id = m.user_id
    ) roles
    CROSS JOIN LATERAL (
        SELECT
            coalesce(bit_or(allow) FILTER (WHERE subject_kind = 'everyone'), 0) AS everyone_allow,
            coalesce(bit_or(deny) FILTER (WHERE subject_kind = 'everyone'), 0) AS everyone_deny,
            coalesce(bit_or(allow) FILTER (WHERE subject_kind = 'role'), 0) AS roles_allow,
            coalesce(bit_or(deny) FILTER (WHERE subject_kind = 'role'), 0) AS roles_deny,
            coalesce(bit_or(allow) FILTER (WHERE subject_kind = 'user'), 0) AS person_allow,
            coalesce(bit_or(deny) FILTER (WHERE subject_kind = 'user'), 0) AS person_deny
        FROM override ov
        WHERE ov.channel_id = c.id
          AND (ov.subject_id = c.id OR ov.subject_id = m.user_id OR ov.subject_id = ANY (roles.ids))
    ) rules
    UNION ALL
    SELECT o.subject_id, c.id, NULL::uuid, 0::bigint,
           (0::bigint & ~o.deny) | o.allow, c.archived_at IS NOT NULL OR pair.parted
    FROM channel c
    JOIN override o ON o.channel_id = c.id AND o.subject_kind = 'user'
    CROSS JOIN LATERAL (
        SELECT count(*) = 2 AND bool_or(EXISTS (
            SELECT FROM block b
            WHERE (b.user_id = o.subject_id AND b.blocked_id = p.subject_id)
               OR (b.user_id = p.subject_id AND b.blocked_id = o.subject_id)
        )) AS parted
        FROM override p WHERE p.channel_id = c.id AND p.subject_kind = 'user'
    ) pair
    WHERE c.group_id IS NULL
) placed;

DROP FUNCTION IF EXISTS resolve_rights;
