-- The rule that says what a person may do in a place. It stands here and nowhere else: posting,
-- reading, sockets, lists and audiences all select from the view place_right.
--
-- Base: the union of the person's roles in the group (nothing in a conversation). Then overrides,
-- each deny before allow: for everyone, for the person's roles together, for the person. Who
-- cannot view can nothing. Who administers the group can everything in a place they can view.
-- An archived place, and every place of an archived group, can only be viewed.

CREATE OR REPLACE FUNCTION resolve_rights(
    base bigint,
    everyone_deny bigint, everyone_allow bigint,
    roles_deny bigint, roles_allow bigint,
    person_deny bigint, person_allow bigint,
    read_only boolean
) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN p & 1 = 0 THEN 0                                   -- VIEW
        WHEN read_only THEN 1
        WHEN base & 8192 <> 0 THEN p | 15                       -- ADMINISTER: all of a place
        ELSE p
    END
    FROM (SELECT (((((base & ~everyone_deny) | everyone_allow)
                    & ~roles_deny) | roles_allow)
                    & ~person_deny) | person_allow AS p) resolved
$$;

CREATE OR REPLACE VIEW place_right AS
SELECT m.user_id, c.id AS channel_id, c.group_id,
       resolve_rights(
           base.bits,
           coalesce(o.everyone_deny, 0), coalesce(o.everyone_allow, 0),
           coalesce(o.roles_deny, 0), coalesce(o.roles_allow, 0),
           coalesce(o.person_deny, 0), coalesce(o.person_allow, 0),
           c.archived_at IS NOT NULL OR g.archived_at IS NOT NULL
       ) AS permissions
FROM channel c
JOIN "group" g ON g.id = c.group_id
JOIN member m ON m.group_id = c.group_id
CROSS JOIN LATERAL (
    SELECT coalesce(bit_or(r.permissions), 0) AS bits, array_agg(r.id) AS ids
    FROM member_role mr JOIN role r ON r.id = mr.role_id
    WHERE mr.group_id = m.group_id AND mr.user_id = m.user_id
) base
CROSS JOIN LATERAL (
    SELECT bit_or(allow) FILTER (WHERE subject_kind = 'everyone') AS everyone_allow,
           bit_or(deny) FILTER (WHERE subject_kind = 'everyone') AS everyone_deny,
           bit_or(allow) FILTER (WHERE subject_kind = 'role') AS roles_allow,
           bit_or(deny) FILTER (WHERE subject_kind = 'role') AS roles_deny,
           bit_or(allow) FILTER (WHERE subject_kind = 'user') AS person_allow,
           bit_or(deny) FILTER (WHERE subject_kind = 'user') AS person_deny
    FROM override ov
    WHERE ov.channel_id = c.id
      AND (ov.subject_id = c.id OR ov.subject_id = m.user_id OR ov.subject_id = ANY (base.ids))
) o
UNION ALL
SELECT o.subject_id, c.id, NULL::uuid,
       resolve_rights(0, 0, 0, 0, 0, o.deny, o.allow, c.archived_at IS NOT NULL)
FROM channel c
JOIN override o ON o.channel_id = c.id AND o.subject_kind = 'user'
WHERE c.group_id IS NULL;
