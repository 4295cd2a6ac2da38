"""job engine"""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
revision = '8c1d5a0e7b21'
down_revision = '3f93c3857f03'
branch_labels = None
depends_on = None


def upgrade():
    # A migration must never make the running product wait for a lock.
    op.execute("set local lock_timeout = '5s'")
    op.create_table('schedules',
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('task', sa.String(), nullable=False),
        sa.Column('args', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column('priority', sa.String(), server_default='medium', nullable=False),
        sa.Column('workspace_id', sa.Uuid(), nullable=True),
        sa.Column('kind', sa.Enum('interval', 'cron', name='schedulekind', native_enum=False, length=40), nullable=False),
        sa.Column('every_seconds', sa.Integer(), nullable=True),
        sa.Column('cron', sa.String(), nullable=True),
        sa.Column('zone', sa.String(), server_default='UTC', nullable=False),
        sa.Column('catch_up', sa.Enum('skip', 'once', 'all', name='catchup', native_enum=False, length=40), server_default='once', nullable=False),
        sa.Column('is_paused', sa.Boolean(), server_default=sa.text('false'), nullable=False),
        sa.Column('next_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('last_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('last_job_id', sa.Uuid(), nullable=True),
        sa.Column('origin', sa.Enum('code', 'person', name='origin', native_enum=False, length=40), nullable=False),
        sa.Column('created_by', sa.Uuid(), nullable=True),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_schedules'))
        )
    op.create_index('ix_schedules_due', 'schedules', ['next_at'], unique=False, postgresql_where=sa.text('not is_paused'))
    op.create_index(op.f('ix_schedules_workspace_id'), 'schedules', ['workspace_id'], unique=False)
    op.create_index('uq_schedules_name', 'schedules', [sa.literal_column("coalesce(workspace_id, '00000000-0000-0000-0000-000000000000')"), 'name'], unique=True)
    op.drop_table('recurrences')
    op.add_column('jobs', sa.Column('trigger', sa.Enum('api', 'schedule', 'event', 'webhook', name='trigger', native_enum=False, length=40), server_default='api', nullable=False))
    op.add_column('jobs', sa.Column('trigger_key', sa.String(), nullable=True))
    op.add_column('jobs', sa.Column('share', sa.Uuid(), sa.Computed("coalesce(workspace_id, '00000000-0000-0000-0000-000000000000')", persisted=True), nullable=False))
    op.add_column('jobs', sa.Column('parent_id', sa.Uuid(), nullable=True))
    op.add_column('jobs', sa.Column('seq', sa.Integer(), server_default='0', nullable=False))
    op.add_column('jobs', sa.Column('deadline', sa.DateTime(timezone=True), nullable=True))
    op.add_column('jobs', sa.Column('progress', sa.Double(), nullable=True))
    op.add_column('jobs', sa.Column('progress_note', sa.String(), nullable=True))
    op.add_column('jobs', sa.Column('result', postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.alter_column('jobs', 'state',
        existing_type=sa.VARCHAR(length=40),
        server_default='waiting',
        existing_nullable=False)
    op.alter_column('jobs', 'sent_at',
        existing_type=postgresql.TIMESTAMP(timezone=True),
        server_default=None,
        nullable=True)
    op.drop_index(op.f('ix_jobs_open'), table_name='jobs', postgresql_where="((state)::text = ANY ((ARRAY['waiting'::character varying, 'queued'::character varying, 'running'::character varying])::text[]))")
    op.drop_index(op.f('ix_jobs_workspace_id'), table_name='jobs')
    op.create_index('ix_jobs_workspace_id', 'jobs', ['workspace_id', 'created_at', 'id'], unique=False)
    op.create_index('ix_jobs_created_at', 'jobs', ['created_at', 'id'], unique=False)
    op.create_index('ix_jobs_deadline', 'jobs', ['deadline'], unique=False, postgresql_where=sa.text("deadline is not null and state in ('waiting', 'queued')"))
    op.create_index('ix_jobs_finished_at', 'jobs', ['finished_at'], unique=False, postgresql_where=sa.text('finished_at is not null'))
    op.create_index('ix_jobs_given_up', 'jobs', ['finished_at'], unique=False, postgresql_where=sa.text("state in ('failed', 'dead')"))
    op.create_index(op.f('ix_jobs_parent_id'), 'jobs', ['parent_id'], unique=False)
    op.create_index('ix_jobs_queued', 'jobs', ['queue', 'sent_at'], unique=False, postgresql_where=sa.text("state = 'queued'"))
    op.create_index('ix_jobs_running', 'jobs', ['lease_until'], unique=False, postgresql_where=sa.text("state = 'running'"))
    op.create_index('ix_jobs_waiting', 'jobs', ['queue', 'priority', 'share', 'not_before'], unique=False, postgresql_where=sa.text("state = 'waiting'"))
    op.drop_index('uq_jobs_dedupe_key', table_name='jobs')
    op.create_index('uq_jobs_dedupe_key', 'jobs', ['dedupe_key'], unique=True, postgresql_where=sa.text("state in ('waiting', 'queued', 'running', 'paused')"))
    op.create_index('uq_jobs_trigger_key', 'jobs', ['trigger', 'trigger_key'], unique=True)
    op.add_column('outbox', sa.Column('carrier', sa.String(), server_default='broker', nullable=False))
    op.alter_column('outbox', 'carrier', server_default=None)
    op.create_index('ix_outbox_carrier', 'outbox', ['carrier', 'id'], unique=False)
    op.add_column('users', sa.Column('is_operator', sa.Boolean(), server_default=sa.text('false'), nullable=False))
    # Who has been here longest looks after the installation.
    op.execute("update users set is_operator = true where id = (select id from users order by id limit 1)")


def downgrade():
    op.drop_column('users', 'is_operator')
    op.drop_index('ix_outbox_carrier', table_name='outbox')
    op.drop_column('outbox', 'carrier')
    op.drop_index('uq_jobs_dedupe_key', table_name='jobs')
    op.create_index('uq_jobs_dedupe_key', 'jobs', ['dedupe_key'], unique=True, postgresql_where=sa.text("state in ('waiting', 'queued', 'running')"))
    op.drop_index('uq_jobs_trigger_key', table_name='jobs')
    op.drop_index('ix_jobs_waiting', table_name='jobs', postgresql_where=sa.text("state = 'waiting'"))
    op.drop_index('ix_jobs_running', table_name='jobs', postgresql_where=sa.text("state = 'running'"))
    op.drop_index('ix_jobs_queued', table_name='jobs', postgresql_where=sa.text("state = 'queued'"))
    op.drop_index(op.f('ix_jobs_parent_id'), table_name='jobs')
    op.drop_index('ix_jobs_given_up', table_name='jobs', postgresql_where=sa.text("state in ('failed', 'dead')"))
    op.drop_index('ix_jobs_finished_at', table_name='jobs', postgresql_where=sa.text('finished_at is not null'))
    op.drop_index('ix_jobs_deadline', table_name='jobs', postgresql_where=sa.text("deadline is not null and state in ('waiting', 'queued')"))
    op.drop_index('ix_jobs_created_at', table_name='jobs')
    op.drop_index('ix_jobs_workspace_id', table_name='jobs')
    op.create_index(op.f('ix_jobs_workspace_id'), 'jobs', ['workspace_id'], unique=False)
    op.create_index(op.f('ix_jobs_open'), 'jobs', ['state', 'not_before'], unique=False, postgresql_where="((state)::text = ANY ((ARRAY['waiting'::character varying, 'queued'::character varying, 'running'::character varying])::text[]))")
    op.alter_column('jobs', 'sent_at',
        existing_type=postgresql.TIMESTAMP(timezone=True),
        server_default=sa.text('now()'),
        nullable=False)
    op.alter_column('jobs', 'state',
        existing_type=sa.VARCHAR(length=40),
        server_default=sa.text("'queued'::character varying"),
        existing_nullable=False)
    op.drop_column('jobs', 'result')
    op.drop_column('jobs', 'progress_note')
    op.drop_column('jobs', 'progress')
    op.drop_column('jobs', 'deadline')
    op.drop_column('jobs', 'seq')
    op.drop_column('jobs', 'parent_id')
    op.drop_column('jobs', 'share')
    op.drop_column('jobs', 'trigger_key')
    op.drop_column('jobs', 'trigger')
    op.create_table('recurrences',
        sa.Column('name', sa.TEXT(), autoincrement=False, nullable=False),
        sa.Column('next_at', postgresql.TIMESTAMP(timezone=True), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint('name', name=op.f('pk_recurrences'))
        )
    op.drop_index('uq_schedules_name', table_name='schedules')
    op.drop_index(op.f('ix_schedules_workspace_id'), table_name='schedules')
    op.drop_index('ix_schedules_due', table_name='schedules', postgresql_where=sa.text('not is_paused'))
    op.drop_table('schedules')
