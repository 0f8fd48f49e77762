"""The tables of the index, in SQL.

Every record table has `n`, a small number that joins cheaply, the record's
`id`, the columns that queries need, `body`, the record itself as JSON, and last
the `checksum` of all of these (`store.database.checksums`).
"""

TABLES = """
CREATE TABLE datasets (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    redistributable INTEGER NOT NULL, body TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;
CREATE TABLE actors (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL,
    body TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;
CREATE TABLE places (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL,
    body TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;
CREATE TABLE sources (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL,
    body TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;
CREATE TABLE articles (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
    publisher INTEGER REFERENCES sources, published TEXT NOT NULL, copy TEXT NOT NULL,
    text TEXT NOT NULL, dataset INTEGER REFERENCES datasets, body TEXT NOT NULL,
    checksum INTEGER NOT NULL) STRICT;
CREATE TABLE passages (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, article INTEGER NOT NULL REFERENCES articles,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, in_title INTEGER NOT NULL,
    body TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;
CREATE TABLE events (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, type TEXT NOT NULL,
    planned INTEGER NOT NULL, background INTEGER NOT NULL, part_of INTEGER,
    dataset INTEGER REFERENCES datasets, "row" TEXT, machine INTEGER NOT NULL DEFAULT 0,
    edtf TEXT NOT NULL DEFAULT '', earliest TEXT, latest TEXT,
    by_latest TEXT, place INTEGER,
    articles INTEGER NOT NULL DEFAULT 0, publishers INTEGER NOT NULL DEFAULT 0,
    unknown_publishers INTEGER NOT NULL DEFAULT 0,
    origins INTEGER NOT NULL DEFAULT 0, unknown_origins INTEGER NOT NULL DEFAULT 0,
    hedges INTEGER NOT NULL DEFAULT 0, denials INTEGER NOT NULL DEFAULT 0,
    contradicts INTEGER NOT NULL DEFAULT 0, differs INTEGER NOT NULL DEFAULT 0,
    stale INTEGER NOT NULL DEFAULT 0, apart INTEGER NOT NULL DEFAULT 0,
    body TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;
-- its ids are unique, too, by an index that an import can do without
CREATE TABLE claims (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL, subject TEXT NOT NULL, event INTEGER,
    kind TEXT NOT NULL, stance TEXT NOT NULL, passage INTEGER NOT NULL REFERENCES passages,
    article INTEGER NOT NULL, body TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;
-- what persons add; `other` is the second claim of a ruling, or article of a kinship
CREATE TABLE notes (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, about TEXT, other TEXT,
    body TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;
CREATE TABLE tags (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, about TEXT, other TEXT,
    body TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;
CREATE TABLE marks (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, about TEXT, other TEXT,
    body TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;
CREATE TABLE grades (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, about TEXT, other TEXT,
    body TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;
CREATE TABLE assessments (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, about TEXT, other TEXT,
    body TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;
CREATE TABLE rulings (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, about TEXT, other TEXT,
    body TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;
CREATE TABLE kinships (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, about TEXT, other TEXT,
    body TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;
CREATE TABLE filters (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, about TEXT, other TEXT,
    body TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;

CREATE TABLE event_flags (
    event INTEGER NOT NULL, flag TEXT NOT NULL,
    PRIMARY KEY (flag, event)) STRICT, WITHOUT ROWID;

-- what follows from the claims
CREATE TABLE evidence (
    event INTEGER NOT NULL, article INTEGER NOT NULL, stance TEXT NOT NULL,
    denials INTEGER NOT NULL, PRIMARY KEY (event, article)) STRICT, WITHOUT ROWID;
-- `stance` is the strongest with which anybody says that the actor has the role
CREATE TABLE event_actors (
    event INTEGER NOT NULL, actor INTEGER NOT NULL, role TEXT NOT NULL, stance TEXT NOT NULL,
    checksum INTEGER NOT NULL, PRIMARY KEY (event, actor, role)) STRICT, WITHOUT ROWID;
CREATE TABLE event_places (
    event INTEGER NOT NULL, place INTEGER NOT NULL,
    PRIMARY KEY (event, place)) STRICT, WITHOUT ROWID;
CREATE TABLE event_sources (
    event INTEGER NOT NULL, source INTEGER NOT NULL,
    PRIMARY KEY (event, source)) STRICT, WITHOUT ROWID;
-- the places of moves (`store.analysis.event_order`), and the days within which claims date them
CREATE TABLE event_moves (
    event INTEGER NOT NULL, place INTEGER NOT NULL, type TEXT NOT NULL,
    first TEXT NOT NULL, last TEXT NOT NULL, PRIMARY KEY (event, place)) STRICT, WITHOUT ROWID;
-- the victims of an event by kind of claim and scope ('' for all people); `high` is NULL where open
CREATE TABLE event_tolls (
    event INTEGER NOT NULL, kind TEXT NOT NULL, scope TEXT NOT NULL,
    low INTEGER NOT NULL, best INTEGER NOT NULL, high INTEGER,
    checksum INTEGER NOT NULL, PRIMARY KEY (event, kind, scope)) STRICT, WITHOUT ROWID;
-- how many pairs of values of a subject are at odds; no row where none are
CREATE TABLE disputes (
    subject TEXT PRIMARY KEY, contradicts INTEGER NOT NULL, differs INTEGER NOT NULL,
    stale INTEGER NOT NULL, apart INTEGER NOT NULL) STRICT, WITHOUT ROWID;
-- the passages that hold a stale claim about a subject
CREATE TABLE stale (
    subject TEXT NOT NULL, passage INTEGER NOT NULL,
    PRIMARY KEY (passage, subject)) STRICT, WITHOUT ROWID;
-- every actor and place with itself and everything that it belongs to
CREATE TABLE actor_within (
    member INTEGER NOT NULL, whole INTEGER NOT NULL,
    PRIMARY KEY (whole, member)) STRICT, WITHOUT ROWID;
CREATE TABLE place_within (
    member INTEGER NOT NULL, whole INTEGER NOT NULL,
    PRIMARY KEY (whole, member)) STRICT, WITHOUT ROWID;

-- the numbers of records that are gone: no other record gets them while the index lives
CREATE TABLE withdrawn (
    of TEXT NOT NULL, n INTEGER NOT NULL, id TEXT NOT NULL,
    PRIMARY KEY (of, n), UNIQUE (of, id)) STRICT, WITHOUT ROWID;

-- what is kept of a large database, so that it need not be worked out at every opening: nothing of
-- the case itself; and the events that were changed since (`store.database.facet_index`)
CREATE TABLE answers (
    kind TEXT NOT NULL, key ANY NOT NULL, count INTEGER NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (kind, key)) STRICT;
CREATE TABLE answers_changed (event INTEGER PRIMARY KEY) STRICT;

CREATE VIRTUAL TABLE event_words USING fts5 (
    title, names, quotes, checksum UNINDEXED, tokenize = "unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE article_words USING fts5 (
    title, text, content = 'articles', content_rowid = 'n',
    tokenize = "unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE name_words USING fts5 (
    names, kind UNINDEXED, record UNINDEXED, tokenize = "unicode61 remove_diacritics 2");
"""

INDEXES = """
CREATE INDEX events_by_date ON events (earliest, latest, n);
CREATE INDEX events_by_title ON events (title, place);
CREATE INDEX events_by_part ON events (part_of);
CREATE INDEX events_by_row ON events (dataset, "row") WHERE dataset IS NOT NULL;
CREATE INDEX event_flags_by_event ON event_flags (event);
CREATE INDEX articles_by_publisher ON articles (publisher);
CREATE INDEX articles_by_dataset ON articles (dataset) WHERE dataset IS NOT NULL;
-- a string of JSON cannot hold these words, as its quotation marks are escaped
CREATE INDEX articles_by_version ON articles (n) WHERE instr(body, '"version_of":');
CREATE INDEX passages_by_article ON passages (article, start);
CREATE UNIQUE INDEX claims_by_id ON claims (id);
CREATE INDEX claims_by_event ON claims (event);
CREATE INDEX claims_by_passage ON claims (passage);
CREATE INDEX claims_by_subject ON claims (subject);
CREATE INDEX claims_apart ON claims (kind) WHERE stance <> 'asserts' OR kind = 'control';
CREATE INDEX evidence_by_article ON evidence (article);
CREATE INDEX event_actors_by_actor ON event_actors (actor);
CREATE INDEX event_actors_denied ON event_actors (event) WHERE stance = 'denies';
CREATE INDEX event_places_by_place ON event_places (place);
CREATE INDEX event_moves_by_place ON event_moves (place, type, first, last);
CREATE INDEX event_sources_by_source ON event_sources (source);
CREATE INDEX event_tolls_by_best ON event_tolls (kind, scope, best);
CREATE INDEX notes_by_about ON notes (about);
CREATE INDEX tags_by_about ON tags (about);
CREATE INDEX marks_by_about ON marks (about);
CREATE INDEX grades_by_about ON grades (about);
CREATE INDEX assessments_by_about ON assessments (about);
CREATE INDEX rulings_by_about ON rulings (about);
CREATE INDEX kinships_by_about ON kinships (about);
CREATE INDEX stale_by_subject ON stale (subject);
CREATE INDEX actor_within_by_member ON actor_within (member);
CREATE INDEX place_within_by_member ON place_within (member);
"""

IN_DATABASES = """
-- what the case is; the entry after which its log begins, and the one up to which it was made
-- with the records of act 0 in `brought`, whose hash stands here, too; and the last entry
CREATE TABLE cases (
    n INTEGER PRIMARY KEY CHECK (n = 1), id TEXT NOT NULL,
    sequence INTEGER NOT NULL, hash TEXT NOT NULL, holds INTEGER NOT NULL,
    records TEXT NOT NULL, seal TEXT NOT NULL, last INTEGER NOT NULL, last_hash TEXT NOT NULL,
    body TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;
-- every act, a line each as in the log of a case file; `state` says what can be done with it
CREATE TABLE log (
    sequence INTEGER PRIMARY KEY, state TEXT NOT NULL, line TEXT NOT NULL) STRICT;
CREATE INDEX log_by_state ON log (state, sequence) WHERE state <> '';
-- what an import brought, in parts: of a table the records from a number to a number,
-- or edits of records that were there; `content` holds edits, and records once withdrawn
CREATE TABLE brought (
    act INTEGER NOT NULL, part INTEGER NOT NULL, batch INTEGER NOT NULL, of TEXT NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL, digest TEXT NOT NULL, content BLOB,
    PRIMARY KEY (act, part)) STRICT;
-- the hash of a part after the redaction `by`
CREATE TABLE resealed (
    by INTEGER NOT NULL, act INTEGER NOT NULL, part INTEGER NOT NULL, digest TEXT NOT NULL,
    PRIMARY KEY (by, act, part)) STRICT, WITHOUT ROWID;
-- the redactions whose words may still be in full text, in free pages and in the WAL
CREATE TABLE unpurged (redaction INTEGER PRIMARY KEY) STRICT;
"""
"""The tables that a database has instead of a case file's log, beside those of the index."""

MINIMUM_SQLITE = (3, 37, 0)
"""The first version with STRICT tables; Python 3.11 on a current Linux or macOS has it."""
