"""jobs service"""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
revision = 'b46f0c92d7e3'
down_revision = '8c1d5a0e7b21'
branch_labels = None
depends_on = None


def upgrade():
    # A migration must never make the running product wait for a lock.
    op.execute("set local lock_timeout = '5s'")
    op.create_table('hooks',
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('created_by', sa.Uuid(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('token', sa.String(), nullable=False),
    sa.Column('signature', sa.Enum('standard', 'github', name='signaturekind', native_enum=False, length=40), nullable=False),
    sa.Column('sealed_secret', sa.LargeBinary(), nullable=False),
    sa.Column('sealed_old_secret', sa.LargeBinary(), nullable=True),
    sa.Column('old_secret_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('offer', sa.String(), nullable=False),
    sa.Column('mapping', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('is_enabled', sa.Boolean(), server_default=sa.text('true'), nullable=False),
    sa.Column('last_called_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('calls_ok', sa.Integer(), server_default='0', nullable=False),
    sa.Column('calls_refused', sa.Integer(), server_default='0', nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['created_by'], ['users.id'], name=op.f('fk_hooks_created_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_hooks_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hooks')),
    sa.UniqueConstraint('token', name=op.f('uq_hooks_token'))
    )
    op.create_index('ix_hooks_list', 'hooks', ['workspace_id', 'created_at', 'id'], unique=False)
    op.create_table('hook_calls',
    sa.Column('hook_id', sa.Uuid(), nullable=False),
    sa.Column('status', sa.Enum('accepted', 'duplicate', 'refused', name='callstatus', native_enum=False, length=40), nullable=False),
    sa.Column('external_id', sa.String(), nullable=True),
    sa.Column('body_digest', sa.LargeBinary(), nullable=True),
    sa.Column('code', sa.String(), nullable=True),
    sa.Column('reason', postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    sa.Column('job_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['hook_id'], ['hooks.id'], name=op.f('fk_hook_calls_hook_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hook_calls'))
    )
    op.create_index('ix_hook_calls_list', 'hook_calls', ['hook_id', 'created_at', 'id'], unique=False)
    op.create_index('ix_hook_calls_created_at', 'hook_calls', ['created_at'], unique=False)
    op.create_index('uq_hook_calls_external_id', 'hook_calls', ['hook_id', 'external_id'], unique=True, postgresql_where=sa.text("status = 'accepted'"))
    op.create_index('uq_hook_calls_body_digest', 'hook_calls', ['hook_id', 'body_digest'], unique=True, postgresql_where=sa.text("status = 'accepted'"))


def downgrade():
    op.drop_table('hook_calls')
    op.drop_table('hooks')
