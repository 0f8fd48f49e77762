-- The schema of one case, version 1. It is run with the case's schema alone in the search path,
-- so that no statement names a schema; each function keeps that search path.

CREATE TABLE about (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    version integer NOT NULL, identity uuid NOT NULL,
    begins bigint NOT NULL, begins_hash text NOT NULL,
    sequence bigint NOT NULL, hash text NOT NULL);
-- every act as the exact line of the log, with the role that was logged in
CREATE TABLE log (
    sequence bigint PRIMARY KEY, act uuid NOT NULL UNIQUE, member text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(), line text NOT NULL);
-- the edits of an import, a compressed batch each, until a snapshot has them
CREATE TABLE batches (
    sequence bigint NOT NULL, part integer NOT NULL, content bytea NOT NULL,
    PRIMARY KEY (sequence, part));
-- a whole copy, compressed, as it is after an entry
CREATE TABLE snapshot_about (
    one boolean PRIMARY KEY DEFAULT true CHECK (one), sequence bigint NOT NULL, hash text NOT NULL,
    size bigint NOT NULL, sha256 text NOT NULL);
CREATE TABLE snapshot (part integer PRIMARY KEY, content bytea NOT NULL);
CREATE TABLE originals (sha256 text PRIMARY KEY, content bytea NOT NULL);
CREATE TABLE seals (name text PRIMARY KEY, content bytea NOT NULL);
CREATE TABLE members (
    member text PRIMARY KEY,
    role text NOT NULL CHECK (role IN ('reader', 'coder', 'editor', 'owner')));

CREATE FUNCTION my_role() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $f$
    SELECT role FROM members WHERE member = session_user
$f$;

CREATE FUNCTION need(VARIADIC roles text[]) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $f$
BEGIN
    IF NOT coalesce(my_role() = ANY (roles), false) THEN
        RAISE EXCEPTION '% has the role %, and this needs the role %', session_user,
            coalesce(my_role(), 'none'), array_to_string(roles, ' or ') USING ERRCODE = '42501';
    END IF;
END $f$;

-- one act after the other: whoever appends holds this lock until the transaction ends
CREATE FUNCTION take_turn() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $f$
BEGIN
    PERFORM need('coder', 'editor', 'owner');
    PERFORM pg_advisory_xact_lock(hashtextextended('conflict-tui ' || current_schema(), 0));
END $f$;

CREATE FUNCTION channel() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $f$
    SELECT 'conflict_tui_' || md5(current_schema())
$f$;

-- the edits of an entry as texts to compare, or with `back` those that undo it
CREATE FUNCTION edits_of(entry json, back boolean) RETURNS text[]
LANGUAGE sql IMMUTABLE SECURITY DEFINER SET search_path FROM CURRENT AS $f$
    SELECT coalesce(array_agg(json_build_array(edit -> 'table', edit -> 'id',
        edit -> CASE WHEN back THEN 'after' ELSE 'before' END,
        edit -> CASE WHEN back THEN 'before' ELSE 'after' END)::text ORDER BY place), '{}')
    FROM json_array_elements(entry -> 'edits') WITH ORDINALITY AS given (edit, place)
$f$;

-- a coder adds and alters; withdraws only judgements of their own, and undoes only acts of their own
CREATE FUNCTION check_coder(entry json) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $f$
DECLARE
    turned bigint := coalesce(entry ->> 'undoes', entry ->> 'redoes')::bigint;
BEGIN
    IF my_role() <> 'coder' THEN
        RETURN;
    END IF;
    IF turned IS NOT NULL THEN
        IF NOT EXISTS (SELECT FROM log WHERE sequence = turned AND member = session_user) THEN
            RAISE EXCEPTION 'entry % is not an act of %; undoing it needs the role editor', turned,
                session_user USING ERRCODE = '42501';
        END IF;
        IF NOT EXISTS (
            SELECT FROM log WHERE sequence = turned
                AND edits_of(line::json, entry ->> 'undoes' IS NOT NULL) = edits_of(entry, false)) THEN
            RAISE EXCEPTION 'this is not what undoes or redoes entry %', turned
                USING ERRCODE = '42501';
        END IF;
    ELSIF EXISTS (
        SELECT FROM json_array_elements(entry -> 'edits') AS edit
        WHERE json_typeof(edit -> 'after') = 'null' AND NOT coalesce(
            edit ->> 'table' IN ('notes', 'tags', 'marks', 'grades', 'assessments', 'rulings',
                'kinships', 'filters')
            AND edit -> 'before' ->> 'by' = session_user, false)) THEN
        RAISE EXCEPTION '% is a coder; to withdraw or merge records needs the role editor',
            session_user USING ERRCODE = '42501';
    END IF;
END $f$;

-- a line continues the log, and is of one of these kinds
CREATE FUNCTION check_line(entry json, prev_sequence bigint, prev_hash text, kinds text[])
RETURNS void
LANGUAGE plpgsql IMMUTABLE SECURITY DEFINER SET search_path FROM CURRENT AS $f$
BEGIN
    IF (entry ->> 'sequence')::bigint IS DISTINCT FROM prev_sequence + 1
        OR entry ->> 'prev' IS DISTINCT FROM prev_hash
        OR coalesce(entry ->> 'hash', '') !~ '^[0-9a-f]{64}$'
        OR coalesce(entry ->> 'when', '')
            !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$'
        OR NOT coalesce(entry ->> 'act', 'change') = ANY (kinds) THEN
        RAISE EXCEPTION 'the entry does not continue the log' USING ERRCODE = '22023';
    END IF;
END $f$;

-- a line has no redacted words but in the chain that a merge keeps
CREATE FUNCTION check_plain(entry json, merging boolean) RETURNS void
LANGUAGE plpgsql IMMUTABLE SECURITY DEFINER SET search_path FROM CURRENT AS $f$
BEGIN
    -- in a line, this text is never part of a word: there it has a backslash
    IF EXISTS (
        SELECT FROM json_each(entry) AS one (field, content)
        WHERE field IN ('reasons', 'hidden') OR CASE WHEN field = 'merged' THEN NOT merging
            ELSE strpos(content::text, '{"redacted":') > 0 END) THEN
        RAISE EXCEPTION 'the entry has what only a redaction or a merge has'
            USING ERRCODE = '22023';
    END IF;
END $f$;

-- take the turn for an act: 'done' where it was made before, 'moved' where the log has another end,
-- else 'made': then it must be
CREATE FUNCTION begin_act(of_act uuid, prev_sequence bigint, prev_hash text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $f$
DECLARE
    present record;
BEGIN
    PERFORM take_turn();
    IF EXISTS (SELECT FROM log WHERE act = of_act AND member = session_user) THEN
        RETURN 'done';
    END IF;
    SELECT sequence, hash INTO STRICT present FROM about FOR UPDATE;
    RETURN CASE WHEN (present.sequence, present.hash) = (prev_sequence, prev_hash)
        THEN 'made' ELSE 'moved' END;
END $f$;

-- append a line to the log, once for each act, and return what `begin_act` does
CREATE FUNCTION append_line(
    of_act uuid, prev_sequence bigint, prev_hash text, new_line text, kinds text[], files bytea[])
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $f$
DECLARE
    entry json := new_line::json;
    outcome text;
BEGIN
    outcome := begin_act(of_act, prev_sequence, prev_hash);
    IF outcome <> 'made' THEN
        RETURN outcome;
    END IF;
    IF entry ->> 'who' IS DISTINCT FROM session_user::text THEN
        RAISE EXCEPTION 'the entry names % and not %, who is logged in', entry ->> 'who',
            session_user USING ERRCODE = '42501';
    END IF;
    PERFORM check_line(entry, prev_sequence, prev_hash, kinds);
    INSERT INTO log (sequence, act, member, line)
        VALUES (prev_sequence + 1, of_act, session_user, new_line);
    INSERT INTO originals SELECT encode(sha256(file), 'hex'), file FROM unnest(files) AS file
        ON CONFLICT DO NOTHING;
    UPDATE about SET sequence = prev_sequence + 1, hash = entry ->> 'hash';
    PERFORM pg_notify(channel(), (prev_sequence + 1)::text);
    RETURN 'made';
END $f$;

CREATE FUNCTION append(
    of_act uuid, prev_sequence bigint, prev_hash text, new_line text, files bytea[])
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $f$
DECLARE
    entry json := new_line::json;
BEGIN
    PERFORM check_plain(entry, false);
    PERFORM check_coder(entry);
    RETURN append_line(
        of_act, prev_sequence, prev_hash, new_line, ARRAY['change', 'undo', 'redo'], files);
END $f$;

-- append the acts of another copy, each by its author, and the entry of their merge: all or none.
-- Acts of others are the word of an owner, whom the log names beside each line
CREATE FUNCTION append_merge(
    of_act uuid, prev_sequence bigint, prev_hash text, new_lines text[], files bytea[])
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $f$
DECLARE
    number integer := coalesce(array_length(new_lines, 1), 0);
    outcome text;
    entry json;
BEGIN
    outcome := begin_act(of_act, prev_sequence, prev_hash);
    IF outcome <> 'made' THEN
        RETURN outcome;
    END IF;
    FOR at IN 1 .. number LOOP
        entry := new_lines[at]::json;
        IF (at = number OR my_role() <> 'owner')
            AND entry ->> 'who' IS DISTINCT FROM session_user::text THEN
            RAISE EXCEPTION 'the copy has an act of %, and % is who is logged in; to merge acts'
                ' of others needs the role owner', entry ->> 'who', session_user
                USING ERRCODE = '42501';
        END IF;
        PERFORM check_line(entry, prev_sequence, prev_hash,
            ARRAY[CASE WHEN at = number THEN 'merge' ELSE 'change' END]);
        PERFORM check_plain(entry, at = number);
        PERFORM check_coder(entry);
        prev_sequence := prev_sequence + 1;
        prev_hash := entry ->> 'hash';
        INSERT INTO log (sequence, act, member, line) VALUES (prev_sequence,
            CASE WHEN at = number THEN of_act ELSE gen_random_uuid() END,
            session_user, new_lines[at]);
    END LOOP;
    INSERT INTO originals SELECT encode(sha256(file), 'hex'), file FROM unnest(files) AS file
        ON CONFLICT DO NOTHING;
    UPDATE about SET sequence = prev_sequence, hash = prev_hash;
    PERFORM pg_notify(channel(), prev_sequence::text);
    RETURN 'made';
END $f$;

-- a batch of the import that this transaction has appended
CREATE FUNCTION add_batch(of_sequence bigint, of_part integer, new_content bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $f$
BEGIN
    IF NOT EXISTS (
        SELECT FROM log WHERE sequence = of_sequence AND member = session_user
            AND xmin = pg_current_xact_id()::xid) THEN
        RAISE EXCEPTION 'entry % is not of this transaction', of_sequence USING ERRCODE = '42501';
    END IF;
    INSERT INTO batches VALUES (of_sequence, of_part, new_content);
END $f$;

-- begin a snapshot of the case as it is after an entry; its parts follow in the same transaction
CREATE FUNCTION begin_snapshot(of_sequence bigint, of_hash text, of_size bigint, of_sha256 text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $f$
BEGIN
    PERFORM need('editor', 'owner');
    PERFORM take_turn();
    IF NOT EXISTS (
        SELECT FROM about WHERE begins = of_sequence AND begins_hash = of_hash
        UNION ALL
        SELECT FROM log WHERE sequence = of_sequence AND line::json ->> 'hash' = of_hash) THEN
        RAISE EXCEPTION 'the log has no such entry' USING ERRCODE = '22023';
    END IF;
    -- an older one could have words that were redacted since
    IF EXISTS (SELECT FROM snapshot_about WHERE sequence >= of_sequence) THEN
        RAISE EXCEPTION 'there is a newer snapshot' USING ERRCODE = '22023';
    END IF;
    DELETE FROM snapshot;
    DELETE FROM snapshot_about;
    DELETE FROM batches WHERE sequence <= of_sequence;
    INSERT INTO snapshot_about VALUES (true, of_sequence, of_hash, of_size, of_sha256);
END $f$;

CREATE FUNCTION add_snapshot_part(of_part integer, new_content bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $f$
BEGIN
    PERFORM need('editor', 'owner');
    IF NOT EXISTS (SELECT FROM snapshot_about WHERE xmin = pg_current_xact_id()::xid) THEN
        RAISE EXCEPTION 'no snapshot was begun' USING ERRCODE = '22023';
    END IF;
    INSERT INTO snapshot VALUES (of_part, new_content);
END $f$;

-- append a redaction, and replace the lines that it redacts; the seal of each stays as it was.
-- The tables are written anew, so that no dead row has the words. A snapshot must follow.
CREATE FUNCTION redact(
    of_act uuid, prev_sequence bigint, prev_hash text, new_line text,
    sequences bigint[], lines text[], originals_gone text[])
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $f$
DECLARE
    outcome text;
    altered bigint;
BEGIN
    PERFORM need('editor', 'owner');
    outcome := append_line(
        of_act, prev_sequence, prev_hash, new_line, ARRAY['redaction'], ARRAY[]::bytea[]);
    IF outcome <> 'made' THEN
        RETURN outcome;
    END IF;
    UPDATE log SET line = given.line
        FROM unnest(sequences, lines) AS given (sequence, line)
        WHERE log.sequence = given.sequence
            AND log.line::json ->> 'hash' = given.line::json ->> 'hash'
            AND log.line::json ->> 'prev' = given.line::json ->> 'prev';
    GET DIAGNOSTICS altered = ROW_COUNT;
    IF altered <> coalesce(array_length(sequences, 1), 0) THEN
        RAISE EXCEPTION 'the redacted lines are not those of the log' USING ERRCODE = '22023';
    END IF;
    DELETE FROM originals WHERE sha256 = ANY (originals_gone);
    TRUNCATE snapshot, snapshot_about, batches;
    ALTER TABLE log ALTER COLUMN line TYPE text USING line || '';
    ALTER TABLE originals ALTER COLUMN content TYPE bytea USING content || ''::bytea;
    RETURN outcome;
END $f$;

CREATE FUNCTION keep_seal(of_name text, new_content bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $f$
BEGIN
    PERFORM need('coder', 'editor', 'owner');
    IF of_name !~ '^[0-9]+-[0-9a-f]{64}-[0-9a-f]{16}[.]tsr$' OR length(new_content) > 1048576 THEN
        RAISE EXCEPTION 'this is no time stamp' USING ERRCODE = '22023';
    END IF;
    INSERT INTO seals VALUES (of_name, new_content) ON CONFLICT DO NOTHING;
END $f$;

-- give a login role a role in this case, or 'none'
CREATE FUNCTION grant_role(of_member text, new_role text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $f$
BEGIN
    PERFORM need('owner');
    -- of a group, members could read whom the list of members does not name
    IF new_role <> 'none'
        AND NOT EXISTS (SELECT FROM pg_roles WHERE rolname = of_member AND rolcanlogin) THEN
        RAISE EXCEPTION 'the server has no login role %', of_member USING ERRCODE = '42704';
    END IF;
    IF new_role = 'none' THEN
        DELETE FROM members WHERE member = of_member;
    ELSE
        INSERT INTO members VALUES (of_member, new_role)
            ON CONFLICT (member) DO UPDATE SET role = excluded.role;
    END IF;
    IF NOT EXISTS (SELECT FROM members WHERE role = 'owner') THEN
        RAISE EXCEPTION 'a case needs an owner' USING ERRCODE = '2BP01';
    END IF;
    IF of_member = current_user OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = of_member) THEN
        RETURN;  -- who owns the tables has every right, and whose role was dropped has none
    END IF;
    EXECUTE format('REVOKE ALL ON SCHEMA %I FROM %I', current_schema(), of_member);
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM %I', current_schema(), of_member);
    EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA %I FROM %I', current_schema(), of_member);
    IF new_role <> 'none' THEN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), of_member);
        EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO %I', current_schema(), of_member);
        -- not append_line, which the others call once they have checked
        EXECUTE format('GRANT EXECUTE ON FUNCTION my_role, take_turn, channel, append, append_merge,'
            ' add_batch, begin_snapshot, add_snapshot_part, redact, keep_seal, grant_role TO %I', of_member);
    END IF;
END $f$;

CREATE FUNCTION close_to_others() RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $f$
BEGIN
    EXECUTE format('REVOKE ALL ON SCHEMA %I FROM PUBLIC', current_schema());
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM PUBLIC', current_schema());
    EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA %I FROM PUBLIC', current_schema());
END $f$;
SELECT close_to_others();
DROP FUNCTION close_to_others();
