import Evidence
import Storage

/// The tables of an estate. Ids are dense and given by us, in the order of import, because the live table is indexed by them.
public enum EstateSchema {
    public static let schema = Schema([
        Migration(
            1, "inventory, reach, outages, events, access",
            [
                "CREATE TABLE setting (name TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL)",
                // Products, firmware versions, countries, areas and tags by the small numbers that the live table knows them by.
                "CREATE TABLE name (kind BIGINT NOT NULL, id BIGINT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (kind, id))",
                "CREATE TABLE operator (id BIGINT PRIMARY KEY NOT NULL, plmn TEXT NOT NULL UNIQUE, name TEXT NOT NULL)",
                """
                CREATE TABLE device (
                    id BIGINT PRIMARY KEY NOT NULL, name TEXT NOT NULL UNIQUE, product BIGINT NOT NULL, firmware BIGINT NOT NULL,
                    country BIGINT NOT NULL, area BIGINT NOT NULL, tags BIGINT NOT NULL, preset TEXT NOT NULL, expected_s BIGINT NOT NULL,
                    imported_at BIGINT NOT NULL, updated_at BIGINT NOT NULL)
                """,
                """
                CREATE TABLE card (
                    device BIGINT PRIMARY KEY NOT NULL REFERENCES device (id), number BIGINT NOT NULL UNIQUE,
                    wanted_policy BIGINT, fingerprint BLOB NOT NULL, secret BLOB NOT NULL, contexts BLOB NOT NULL)
                """,
                """
                CREATE TABLE profile (
                    device BIGINT NOT NULL REFERENCES device (id), slot BIGINT NOT NULL, iccid TEXT NOT NULL UNIQUE,
                    imsi TEXT NOT NULL UNIQUE, operator BIGINT NOT NULL REFERENCES operator (id), PRIMARY KEY (device, slot))
                """,
                // Of cards that were taken out of their device: a card that comes back must not forget which requests it has made.
                """
                CREATE TABLE retired_card (
                    number BIGINT NOT NULL, fingerprint BLOB NOT NULL, highest_0 BIGINT NOT NULL, window_0 BIGINT NOT NULL,
                    highest_1 BIGINT NOT NULL, window_1 BIGINT NOT NULL, PRIMARY KEY (number, fingerprint))
                """,
                // One row a device, written with each beacon: what must survive for the replay windows and the live table.
                """
                CREATE TABLE reach (
                    device BIGINT PRIMARY KEY NOT NULL REFERENCES device (id), slot BIGINT NOT NULL, proof_at BIGINT,
                    proof_primary BIGINT, proof_backup BIGINT, first_at BIGINT, moved_at BIGINT, reason BIGINT NOT NULL, moves BIGINT NOT NULL,
                    boots BIGINT NOT NULL, missed BIGINT NOT NULL, policy BIGINT NOT NULL, plmn BIGINT, technology BIGINT,
                    highest_0 BIGINT NOT NULL, window_0 BIGINT NOT NULL, highest_1 BIGINT NOT NULL, window_1 BIGINT NOT NULL)
                """,
                """
                CREATE TABLE carrier_span (
                    device BIGINT NOT NULL REFERENCES device (id), since BIGINT NOT NULL, until BIGINT, slot BIGINT NOT NULL,
                    operator BIGINT NOT NULL REFERENCES operator (id), reason BIGINT NOT NULL, moves BIGINT NOT NULL,
                    PRIMARY KEY (device, since))
                """,
                """
                CREATE TABLE outage (
                    id BIGINT PRIMARY KEY NOT NULL, scope TEXT NOT NULL, operator BIGINT, area BIGINT,
                    began_at BIGINT NOT NULL, detected_at BIGINT NOT NULL, ended_at BIGINT, ending TEXT, peak_moved BIGINT NOT NULL,
                    peak_silent BIGINT NOT NULL, moved BIGINT NOT NULL, silent BIGINT NOT NULL, background_moved BIGINT NOT NULL,
                    background_silent BIGINT NOT NULL, population BIGINT NOT NULL, reason BIGINT NOT NULL)
                """,
                """
                CREATE TABLE event (
                    id BIGINT PRIMARY KEY NOT NULL, at BIGINT NOT NULL, kind TEXT NOT NULL, severity BIGINT NOT NULL,
                    device BIGINT, operator BIGINT, outage BIGINT, text TEXT NOT NULL, detail TEXT)
                """,
                "CREATE INDEX event_device ON event (device, id)",
                """
                CREATE TABLE token (
                    id BIGINT PRIMARY KEY NOT NULL, name TEXT NOT NULL, scope TEXT NOT NULL, digest BLOB NOT NULL UNIQUE,
                    created_at BIGINT NOT NULL, revoked_at BIGINT)
                """,
                """
                CREATE TABLE sign_in_link (
                    digest BLOB PRIMARY KEY NOT NULL, scope TEXT NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL,
                    redeemed_at BIGINT)
                """,
                """
                CREATE TABLE session (
                    digest BLOB PRIMARY KEY NOT NULL, scope TEXT NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL)
                """,
            ]),
        Migration(
            2, "rehearsals and policy documents",
            [
                // What was last asked of each card, and what came of it.
                """
                CREATE TABLE rehearsal (
                    device BIGINT PRIMARY KEY NOT NULL REFERENCES device (id), number BIGINT NOT NULL, asked_at BIGINT NOT NULL,
                    due_at BIGINT NOT NULL, followed_at BIGINT, result TEXT)
                """,
                """
                CREATE TABLE policy_document (
                    device BIGINT PRIMARY KEY NOT NULL REFERENCES device (id), version BIGINT NOT NULL, document BLOB NOT NULL,
                    interval_s BIGINT NOT NULL, asked_at BIGINT NOT NULL, outcome TEXT, outcome_at BIGINT)
                """,
            ]),
        Migration(
            3, "roles and names",
            [
                "UPDATE token SET scope = 'viewer' WHERE scope = 'read'",
                "UPDATE token SET scope = 'administrator' WHERE scope = 'write'",
                // Whoever is signed in signs in again: a session without a name could not say who did what.
                "DELETE FROM session",
                "DELETE FROM sign_in_link",
                "ALTER TABLE session ADD COLUMN name TEXT NOT NULL DEFAULT ''",
                "ALTER TABLE sign_in_link ADD COLUMN name TEXT NOT NULL DEFAULT ''",
            ]),
        Migration(
            4, "reach, frozen and sampled",
            [
                "CREATE TABLE snapshot (id BIGINT PRIMARY KEY NOT NULL, at BIGINT NOT NULL, body TEXT NOT NULL)",
                """
                CREATE TABLE snapshot_chunk (
                    snapshot BIGINT NOT NULL REFERENCES snapshot (id), sequence BIGINT NOT NULL, units BLOB NOT NULL,
                    PRIMARY KEY (snapshot, sequence))
                """,
                // What became of a snapshot's units, hour by hour while somebody watches.
                """
                CREATE TABLE snapshot_hour (
                    snapshot BIGINT NOT NULL REFERENCES snapshot (id), at BIGINT NOT NULL, heard_24 BIGINT NOT NULL, heard_72 BIGINT NOT NULL,
                    heard_since BIGINT NOT NULL, PRIMARY KEY (snapshot, at))
                """,
                // Reach of each product, hour by hour. An hour without a row is an hour in which nobody looked.
                """
                CREATE TABLE reach_hour (
                    at BIGINT NOT NULL, product BIGINT NOT NULL, units BIGINT NOT NULL, heard_24 BIGINT NOT NULL, heard_72 BIGINT NOT NULL,
                    on_backup BIGINT NOT NULL, PRIMARY KEY (at, product))
                """,
            ]),
        Migration(5, "the ledger", LedgerStore.tables),
        Migration(
            6, "products, cases, risks",
            [
                "CREATE TABLE product (id BIGINT PRIMARY KEY NOT NULL, name TEXT NOT NULL UNIQUE, body TEXT NOT NULL)",
                """
                CREATE TABLE case_file (
                    id BIGINT PRIMARY KEY NOT NULL, identifier TEXT NOT NULL UNIQUE, owner TEXT NOT NULL, deputy TEXT NOT NULL)
                """,
                // Append-only: a case is what its actions make it.
                """
                CREATE TABLE case_action (
                    file BIGINT NOT NULL REFERENCES case_file (id), number BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (file, number))
                """,
                """
                CREATE TABLE case_reach (
                    file BIGINT NOT NULL REFERENCES case_file (id), snapshot BIGINT NOT NULL REFERENCES snapshot (id),
                    product TEXT NOT NULL, PRIMARY KEY (file, snapshot))
                """,
                """
                CREATE TABLE case_draft (
                    file BIGINT NOT NULL REFERENCES case_file (id), stage TEXT NOT NULL, body TEXT NOT NULL, author TEXT NOT NULL,
                    changed_at BIGINT NOT NULL, PRIMARY KEY (file, stage))
                """,
                """
                CREATE TABLE case_alert (
                    file BIGINT NOT NULL REFERENCES case_file (id), stage TEXT NOT NULL, due BIGINT NOT NULL, hours BIGINT NOT NULL,
                    sent_at BIGINT NOT NULL, PRIMARY KEY (file, stage, due, hours))
                """,
                "CREATE TABLE risk_register (id BIGINT PRIMARY KEY NOT NULL, body TEXT NOT NULL)",
            ]),
        Migration(
            7, "technologies, access points, cores",
            [
                // Distinct combinations, by the small numbers that the live table knows them by; 0 is nothing said.
                """
                CREATE TABLE connectivity (
                    id BIGINT PRIMARY KEY NOT NULL, technologies TEXT NOT NULL, primary_apn TEXT, backup_apn TEXT)
                """,
                "ALTER TABLE device ADD COLUMN connectivity BIGINT NOT NULL DEFAULT 0",
                // What people say about networks as a whole, with who said it last; the ledger has what was said before.
                """
                CREATE TABLE network_core (
                    plmn TEXT PRIMARY KEY NOT NULL, carrier TEXT, vendor TEXT, author TEXT NOT NULL, reason TEXT NOT NULL,
                    said_at BIGINT NOT NULL)
                """,
                """
                CREATE TABLE network_apn (
                    apn TEXT PRIMARY KEY NOT NULL, exposure TEXT NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL,
                    said_at BIGINT NOT NULL)
                """,
            ]),
        Migration(
            8, "entries that wait for a whole ledger",
            [
                """
                CREATE TABLE ledger_waiting (
                    id BIGINT PRIMARY KEY NOT NULL, at BIGINT NOT NULL, kind TEXT NOT NULL, author TEXT NOT NULL, subject TEXT NOT NULL,
                    reason TEXT NOT NULL, body TEXT NOT NULL)
                """
            ]),
    ])
}
