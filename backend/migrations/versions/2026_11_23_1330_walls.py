"""walls"""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
revision = 'd4d3e5f7a904'
down_revision = 'd3c2d4e6f803'
branch_labels = None
depends_on = None


def upgrade():
    # A migration must never make the running product wait for a lock.
    op.execute("set local lock_timeout = '5s'")
    op.add_column('workspaces', sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True))
    op.create_table('invitations',
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('email_key', sa.String(), nullable=False),
    sa.Column('role', sa.Enum('owner', 'admin', 'editor', 'publisher', 'analyst', 'viewer', name='role', native_enum=False, length=40), nullable=False),
    sa.Column('invited_by', sa.Uuid(), nullable=False),
    sa.Column('locale', sa.Enum('tr', 'en', name='locale', native_enum=False, length=40), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['invited_by'], ['users.id'], name=op.f('fk_invitations_invited_by'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_invitations_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitations')),
    sa.UniqueConstraint('workspace_id', 'email_key', name=op.f('uq_invitations_workspace_id_email_key'))
    )
    op.create_index(op.f('ix_invitations_expires_at'), 'invitations', ['expires_at'])
    op.create_table('workspace_exports',
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('requested_by', sa.Uuid(), nullable=True),
    sa.Column('state', sa.Enum('running', 'ready', 'failed', name='exportstate', native_enum=False, length=40), server_default='running', nullable=False),
    sa.Column('job_id', sa.Uuid(), nullable=True),
    sa.Column('size', sa.BigInteger(), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['requested_by'], ['users.id'], name=op.f('fk_workspace_exports_requested_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_workspace_exports_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workspace_exports'))
    )
    op.create_index('uq_workspace_exports_running', 'workspace_exports', ['workspace_id'], unique=True, postgresql_where=sa.text("state = 'running'"))
    op.create_index('ix_workspace_exports_list', 'workspace_exports', ['workspace_id', sa.literal_column('created_at desc')])
    op.create_index(op.f('ix_workspace_exports_expires_at'), 'workspace_exports', ['expires_at'])
    op.create_table('audit_chains',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.BigInteger(), nullable=False),
    sa.Column('hash', sa.LargeBinary(), nullable=False),
    sa.Column('removed_position', sa.BigInteger(), server_default='0', nullable=False),
    sa.Column('removed_hash', sa.LargeBinary(), server_default=sa.text("''::bytea"), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_chains'))
    )
    op.create_table('audit_log',
    sa.Column('chain', sa.Uuid(), nullable=False),
    sa.Column('workspace_id', sa.Uuid(), nullable=True),
    sa.Column('position', sa.BigInteger(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=True),
    sa.Column('key_id', sa.Uuid(), nullable=True),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('object_type', sa.String(), nullable=True),
    sa.Column('object_id', sa.String(), nullable=True),
    sa.Column('outcome', sa.Enum('ok', 'refused', 'failed', name='outcome', native_enum=False, length=40), nullable=False),
    sa.Column('ip', sa.String(), nullable=True),
    sa.Column('user_agent', sa.String(), nullable=True),
    sa.Column('request_id', sa.String(), nullable=True),
    sa.Column('facts', postgresql.JSONB(), nullable=False),
    sa.Column('previous_hash', sa.LargeBinary(), nullable=False),
    sa.Column('hash', sa.LargeBinary(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_log'))
    )
    op.create_index('uq_audit_log_position', 'audit_log', ['chain', 'position'], unique=True)
    op.create_index('ix_audit_log_list', 'audit_log', ['chain', sa.literal_column('at desc'), sa.literal_column('id desc')])
    op.create_index('ix_audit_log_at', 'audit_log', ['at'])
    op.execute("""
        create function refuse_audit_change() returns trigger language plpgsql as $$
        begin
          if tg_op = 'DELETE' and current_setting('app.audit_retention', true) = 'on' then
            return old;
          end if;
          raise exception 'the audit log only grows' using errcode = 'insufficient_privilege';
        end $$
    """)
    op.execute("""
        create trigger audit_log_only_grows before update or delete on audit_log
        for each row execute function refuse_audit_change()
    """)
    op.execute("""
        create trigger audit_log_is_not_emptied before truncate on audit_log
        for each statement execute function refuse_audit_change()
    """)


def downgrade():
    op.drop_table('workspace_exports')
    op.drop_table('invitations')
    op.drop_column('workspaces', 'deleted_at')
    op.drop_table('audit_log')
    op.drop_table('audit_chains')
    op.execute("drop function refuse_audit_change()")
