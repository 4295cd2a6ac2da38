"""projects: when a repository was last asked about; indexes for what is set to null on removal"""

from alembic import op
import sqlalchemy as sa
revision = 'e1b2c3d4a501'
down_revision = 'd7a6b8cad207'
branch_labels = None
depends_on = None


def upgrade():
    # A migration must never make the running product wait for a lock.
    op.execute("set local lock_timeout = '5s'")
    op.add_column('github_repositories', sa.Column('tried_at', sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f('ix_projects_cover_video_id'), 'projects', ['cover_video_id'], unique=False)
    op.create_index(op.f('ix_release_drafts_release_id'), 'release_drafts', ['release_id'], unique=False)


def downgrade():
    op.drop_index(op.f('ix_release_drafts_release_id'), table_name='release_drafts')
    op.drop_index(op.f('ix_projects_cover_video_id'), table_name='projects')
    op.drop_column('github_repositories', 'tried_at')
