"""projects"""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
revision = 'd5e4f6a8b005'
down_revision = 'd4d3e5f7a904'
branch_labels = None
depends_on = None


def upgrade():
    # A migration must never make the running product wait for a lock.
    op.execute("set local lock_timeout = '5s'")
    op.create_table('data_keys',
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('key_id', sa.String(), nullable=False),
    sa.Column('sealed_key', sa.LargeBinary(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_data_keys_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_data_keys')),
    sa.UniqueConstraint('workspace_id', 'key_id', name=op.f('uq_data_keys_workspace_id_key_id'))
    )
    op.create_index(op.f('ix_data_keys_key_id'), 'data_keys', ['key_id'], unique=False)
    op.create_table('github_connections',
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('connected_by', sa.Uuid(), nullable=True),
    sa.Column('connected_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('state', sa.Enum('connected', 'reconnect_needed', 'leaving', name='connectionstate', native_enum=False, length=40), nullable=False),
    sa.Column('account_id', sa.String(), nullable=False),
    sa.Column('login', sa.String(), nullable=False),
    sa.Column('sealed_tokens', sa.LargeBinary(), nullable=False),
    sa.Column('token_expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('refreshing_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('next_look_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('limited_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['connected_by'], ['users.id'], name=op.f('fk_github_connections_connected_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_github_connections_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_github_connections')),
    sa.UniqueConstraint('workspace_id', name=op.f('uq_github_connections_workspace_id'))
    )
    op.create_index(op.f('ix_github_connections_next_look_at'), 'github_connections', ['next_look_at'], unique=False)
    op.create_table('github_repositories',
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('connection_id', sa.Uuid(), nullable=False),
    sa.Column('full_name', sa.String(), nullable=False),
    sa.Column('name_key', sa.String(), nullable=False),
    sa.Column('github_id', sa.BigInteger(), nullable=True),
    sa.Column('description', sa.String(), nullable=True),
    sa.Column('url', sa.String(), nullable=True),
    sa.Column('is_private', sa.Boolean(), nullable=True),
    sa.Column('stars', sa.Integer(), nullable=True),
    sa.Column('open_total', sa.Integer(), nullable=True),
    sa.Column('open_pulls', sa.Integer(), nullable=True),
    sa.Column('activity', postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    sa.Column('pushed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('etags', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('problem', sa.Enum('not_found', 'not_allowed', name='problem', native_enum=False, length=40), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['connection_id'], ['github_connections.id'], name=op.f('fk_github_repositories_connection_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_github_repositories_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_github_repositories')),
    sa.UniqueConstraint('connection_id', 'name_key', name=op.f('uq_github_repositories_connection_id_name_key'))
    )
    op.create_table('projects',
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('created_by', sa.Uuid(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('description', sa.String(), nullable=False),
    sa.Column('cover_video_id', sa.Uuid(), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['cover_video_id'], ['videos.id'], name=op.f('fk_projects_cover_video_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['created_by'], ['users.id'], name=op.f('fk_projects_created_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_projects_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_projects'))
    )
    op.create_index('ix_projects_list', 'projects', ['workspace_id', sa.literal_column('created_at desc'), sa.literal_column('id desc')], unique=False)
    op.create_table('project_repositories',
    sa.Column('project_id', sa.Uuid(), nullable=False),
    sa.Column('repository_id', sa.Uuid(), nullable=False),
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_project_repositories_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['repository_id'], ['github_repositories.id'], name=op.f('fk_project_repositories_repository_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_project_repositories_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('project_id', 'repository_id', name=op.f('pk_project_repositories'))
    )
    op.create_index('ix_project_repositories_repository_id', 'project_repositories', ['repository_id'], unique=False)
    op.create_table('project_videos',
    sa.Column('project_id', sa.Uuid(), nullable=False),
    sa.Column('video_id', sa.Uuid(), nullable=False),
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_project_videos_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['video_id'], ['videos.id'], name=op.f('fk_project_videos_video_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_project_videos_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('project_id', 'video_id', name=op.f('pk_project_videos'))
    )
    op.create_index('ix_project_videos_list', 'project_videos', ['project_id', sa.literal_column('added_at desc'), sa.literal_column('video_id desc')], unique=False)
    op.create_index(op.f('ix_project_videos_video_id'), 'project_videos', ['video_id'], unique=False)
    op.create_table('repository_releases',
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('repository_id', sa.Uuid(), nullable=False),
    sa.Column('github_id', sa.BigInteger(), nullable=False),
    sa.Column('tag', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('notes', sa.String(), nullable=False),
    sa.Column('url', sa.String(), nullable=False),
    sa.Column('is_prerelease', sa.Boolean(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['repository_id'], ['github_repositories.id'], name=op.f('fk_repository_releases_repository_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_repository_releases_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_repository_releases')),
    sa.UniqueConstraint('repository_id', 'github_id', name=op.f('uq_repository_releases_repository_id_github_id'))
    )
    op.create_table('release_drafts',
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('project_id', sa.Uuid(), nullable=False),
    sa.Column('release_id', sa.Uuid(), nullable=True),
    sa.Column('created_by', sa.Uuid(), nullable=True),
    sa.Column('repository', sa.String(), nullable=False),
    sa.Column('tag', sa.String(), nullable=False),
    sa.Column('url', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['created_by'], ['users.id'], name=op.f('fk_release_drafts_created_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['project_id'], ['projects.id'], name=op.f('fk_release_drafts_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['release_id'], ['repository_releases.id'], name=op.f('fk_release_drafts_release_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_release_drafts_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_release_drafts'))
    )
    op.create_index('ix_release_drafts_list', 'release_drafts', ['project_id', sa.literal_column('created_at desc'), sa.literal_column('id desc')], unique=False)


def downgrade():
    op.drop_table('release_drafts')
    op.drop_table('repository_releases')
    op.drop_table('project_videos')
    op.drop_table('project_repositories')
    op.drop_table('projects')
    op.drop_table('github_repositories')
    op.drop_table('github_connections')
    op.drop_table('data_keys')
