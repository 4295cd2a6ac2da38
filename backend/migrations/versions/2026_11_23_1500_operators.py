"""operators: closed accounts with a reason, last seen; workspaces that demand a second factor"""

from alembic import op
import sqlalchemy as sa
revision = 'd7a6b8cad207'
down_revision = 'd6f5a7b9c106'
branch_labels = None
depends_on = None


def upgrade():
    # A migration must never make the running product wait for a lock.
    op.execute("set local lock_timeout = '5s'")
    op.add_column('users', sa.Column('disabled_reason', sa.String(), nullable=True))
    op.add_column('users', sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('workspaces', sa.Column('requires_second_factor', sa.Boolean(), server_default=sa.text('false'), nullable=False))


def downgrade():
    op.drop_column('workspaces', 'requires_second_factor')
    op.drop_column('users', 'last_seen_at')
    op.drop_column('users', 'disabled_reason')
