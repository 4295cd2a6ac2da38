"""identities"""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
revision = 'd3c2d4e6f803'
down_revision = 'd2b1c3e5f702'
branch_labels = None
depends_on = None


def upgrade():
    # A migration must never make the running product wait for a lock.
    op.execute("set local lock_timeout = '5s'")
    op.create_table('identities',
    sa.Column('provider', sa.Enum('google', 'github', name='provider', native_enum=False, length=40), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('linked_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('last_used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_identities_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identities')),
    sa.UniqueConstraint('provider', 'subject', name=op.f('uq_identities_provider_subject'))
    )
    op.create_index(op.f('ix_identities_user_id'), 'identities', ['user_id'], unique=False)


def downgrade():
    op.drop_table('identities')
