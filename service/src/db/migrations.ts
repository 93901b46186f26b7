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
];
