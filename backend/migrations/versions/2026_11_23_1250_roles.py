"""roles"""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
revision = 'c41d7f20a9be'
down_revision = 'e5a7219c40bf'
branch_labels = None
depends_on = None


def upgrade():
    # A migration must never make the running product wait for a lock.
    op.execute("set local lock_timeout = '5s'")
    op.add_column('sessions', sa.Column('authenticated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False))
    op.add_column('sessions', sa.Column('methods', postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False))
    # Who was signed in before proved it then, not at this moment.
    op.execute("update sessions set authenticated_at = created_at, methods = '[\"password\"]'")


def downgrade():
    op.drop_column('sessions', 'methods')
    op.drop_column('sessions', 'authenticated_at')
