export interface Migration {
  name: string;
  statements: readonly string[];
}

/** In order; a migration that was published is never changed, only followed. */
export const migrations: readonly Migration[] = [
  {
    name: 'jobs',
    statements: [
      // `attempt` names the present run of the job: whoever writes on behalf of a run names it, so a run that was given up can
      // change nothing any more. It is also the id in the queue.
      `CREATE TABLE job_service.jobs (
        id uuid PRIMARY KEY,
        seq bigint GENERATED ALWAYS AS IDENTITY,
        user_id text NOT NULL,
        script_id text NOT NULL,
        title text NOT NULL,
        platform text NOT NULL,
        request jsonb NOT NULL,
        priority smallint NOT NULL CHECK (priority BETWEEN 1 AND 10),
        status text NOT NULL DEFAULT 'pending'
          CHECK (status IN ('pending', 'started', 'processing', 'success', 'failure', 'cancelled')),
        progress double precision NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
        progress_message text NOT NULL,
        steps jsonb NOT NULL DEFAULT '[]',
        result jsonb,
        error text,
        attempt uuid NOT NULL,
        retry_count integer NOT NULL DEFAULT 0,
        failures integer NOT NULL DEFAULT 0,
        crashes integer NOT NULL DEFAULT 0,
        kind text NOT NULL,
        target_seconds double precision NOT NULL,
        estimated_duration integer NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        queued_at timestamptz NOT NULL DEFAULT now(),
        not_before timestamptz,
        started_at timestamptz,
        completed_at timestamptz,
        updated_at timestamptz NOT NULL DEFAULT now()
      )`,
      'CREATE INDEX jobs_user ON job_service.jobs (user_id, seq DESC)',
      'CREATE INDEX jobs_attempt ON job_service.jobs (attempt)',
      `CREATE INDEX jobs_line ON job_service.jobs (priority, queued_at, attempt) WHERE status = 'pending'`,
      `CREATE INDEX jobs_finished ON job_service.jobs (completed_at) WHERE status IN ('success', 'failure', 'cancelled')`,
      `CREATE INDEX jobs_running ON job_service.jobs (status) WHERE status IN ('started', 'processing')`,
      `CREATE INDEX jobs_history ON job_service.jobs (kind, completed_at DESC) WHERE status = 'success'`,
      `CREATE TABLE job_service.idempotency_keys (
        user_id text NOT NULL,
        key text NOT NULL,
        request_hash text NOT NULL,
        response jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, key)
      )`,
      'CREATE INDEX idempotency_keys_age ON job_service.idempotency_keys (created_at)',
    ],
  },
  {
    name: 'changes',
    statements: [
      // The transaction that wrote the row last. Whoever has read all rows at a time when transactions from x on were still open
      // finds everything newer by `changed_in >= x`, in whatever order those transactions commit.
      'ALTER TABLE job_service.jobs ADD COLUMN changed_in bigint NOT NULL DEFAULT 0',
      // No statement can forget to tell of a change. `line` says that places in line have changed as well.
      `CREATE FUNCTION job_service.note_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.changed_in := pg_current_xact_id()::text::bigint;
        PERFORM pg_notify('job_service_changes', json_build_object(
          'id', NEW.id,
          'line', CASE WHEN TG_OP = 'INSERT' THEN true ELSE (OLD.status = 'pending') <> (NEW.status = 'pending') END
        )::text);
        RETURN NEW;
      END $$`,
      `CREATE TRIGGER note_change BEFORE INSERT OR UPDATE ON job_service.jobs
        FOR EACH ROW EXECUTE FUNCTION job_service.note_change()`,
    ],
  },
  {
    name: 'listing and minutes',
    statements: [
      // A sample is there to be looked at: no worker takes it, and it stays until it is removed as it came.
      'ALTER TABLE job_service.jobs ADD COLUMN sample boolean NOT NULL DEFAULT false',
      // What lists filter, sort and count by, apart from the rest of a job: 300 bytes a row instead of some thousands, and an index
      // on what each step of a running job changes would make each of these writes touch all indexes of the job.
      `CREATE TABLE job_service.listing (
        id uuid PRIMARY KEY REFERENCES job_service.jobs (id) ON DELETE CASCADE,
        user_id text NOT NULL,
        seq bigint NOT NULL,
        status text NOT NULL,
        priority smallint NOT NULL,
        progress double precision NOT NULL,
        duration double precision,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        completed_at timestamptz,
        title text COLLATE "C" NOT NULL,
        search text COLLATE "C" NOT NULL
      ) WITH (fillfactor = 70)`,
      'CREATE INDEX listing_user ON job_service.listing (user_id, created_at DESC, seq DESC)',
      // No statement can forget it. The step of a job that has ended says only that it has.
      `CREATE FUNCTION job_service.list_job() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO job_service.listing AS l
          (id, user_id, seq, status, priority, progress, duration, created_at, updated_at, completed_at, title, search)
        VALUES (
          NEW.id, NEW.user_id, NEW.seq, NEW.status, NEW.priority, NEW.progress, extract(epoch FROM NEW.completed_at - NEW.started_at),
          NEW.created_at, NEW.updated_at, NEW.completed_at, lower(NEW.title),
          lower(concat_ws(chr(10), NEW.title, NEW.id, NEW.script_id, left(NEW.error, 2000),
            CASE WHEN NEW.status IN ('pending', 'started', 'processing') THEN left(NEW.progress_message, 2000) END))
        )
        ON CONFLICT (id) DO UPDATE SET
          status = excluded.status, priority = excluded.priority, progress = excluded.progress, duration = excluded.duration,
          created_at = excluded.created_at, updated_at = excluded.updated_at, completed_at = excluded.completed_at,
          title = excluded.title, search = excluded.search;
        RETURN NULL;
      END $$`,
      `CREATE TRIGGER list_job AFTER INSERT OR UPDATE ON job_service.jobs
        FOR EACH ROW EXECUTE FUNCTION job_service.list_job()`,
      'UPDATE job_service.jobs SET updated_at = updated_at',
      // One row a minute, whichever process writes it first: what there was at its end, and what was created and ended in it.
      `CREATE TABLE job_service.minutes (
        minute timestamptz PRIMARY KEY,
        pending integer NOT NULL,
        started integer NOT NULL,
        processing integer NOT NULL,
        success integer NOT NULL,
        failure integer NOT NULL,
        cancelled integer NOT NULL,
        created integer NOT NULL,
        ended_success integer NOT NULL,
        ended_failure integer NOT NULL,
        ended_cancelled integer NOT NULL
      )`,
    ],
  },
  {
    name: 'templates',
    statements: [
      // `name_key`: names that look alike are one name.
      `CREATE TABLE job_service.templates (
        id uuid PRIMARY KEY,
        user_id text NOT NULL,
        name text NOT NULL,
        name_key text COLLATE "C" NOT NULL,
        content jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (user_id, name_key)
      )`,
    ],
  },
  {
    name: 'the line in the listing',
    statements: [
      // A place in line is a count of all that wait, so that is counted in narrow rows too.
      `ALTER TABLE job_service.listing
        ADD COLUMN attempt uuid, ADD COLUMN queued_at timestamptz, ADD COLUMN not_before timestamptz, ADD COLUMN sample boolean`,
      `CREATE OR REPLACE FUNCTION job_service.list_job() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO job_service.listing AS l
          (id, user_id, seq, status, priority, progress, duration, created_at, updated_at, completed_at, title, search,
            attempt, queued_at, not_before, sample)
        VALUES (
          NEW.id, NEW.user_id, NEW.seq, NEW.status, NEW.priority, NEW.progress, extract(epoch FROM NEW.completed_at - NEW.started_at),
          NEW.created_at, NEW.updated_at, NEW.completed_at, lower(NEW.title),
          lower(concat_ws(chr(10), NEW.title, NEW.id, NEW.script_id, left(NEW.error, 2000),
            CASE WHEN NEW.status IN ('pending', 'started', 'processing') THEN left(NEW.progress_message, 2000) END)),
          NEW.attempt, NEW.queued_at, NEW.not_before, NEW.sample
        )
        ON CONFLICT (id) DO UPDATE SET
          status = excluded.status, priority = excluded.priority, progress = excluded.progress, duration = excluded.duration,
          created_at = excluded.created_at, updated_at = excluded.updated_at, completed_at = excluded.completed_at,
          title = excluded.title, search = excluded.search, attempt = excluded.attempt, queued_at = excluded.queued_at,
          not_before = excluded.not_before, sample = excluded.sample;
        RETURN NULL;
      END $$`,
      'UPDATE job_service.jobs SET updated_at = updated_at',
      `ALTER TABLE job_service.listing
        ALTER COLUMN attempt SET NOT NULL, ALTER COLUMN queued_at SET NOT NULL, ALTER COLUMN sample SET NOT NULL`,
      `CREATE INDEX listing_line ON job_service.listing (priority, queued_at, attempt) WHERE status = 'pending'`,
      'DROP INDEX job_service.jobs_line',
    ],
  },
];
