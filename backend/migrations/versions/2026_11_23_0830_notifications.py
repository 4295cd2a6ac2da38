"""notifications"""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
revision = 'e5a7219c40bf'
down_revision = 'b46f0c92d7e3'
branch_labels = None
depends_on = None


def upgrade():
    # A migration must never make the running product wait for a lock.
    op.execute("set local lock_timeout = '5s'")
    op.create_table('notification_choices',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('video.ready', 'video.failed', 'job.dead', 'webhook.disabled', 'note', 'test', name='kind', native_enum=False, length=40), nullable=False),
    sa.Column('in_app', sa.Boolean(), nullable=False),
    sa.Column('push', sa.Boolean(), nullable=False),
    sa.Column('email', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_notification_choices_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'kind', name=op.f('pk_notification_choices'))
    )
    op.create_table('notification_digests',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('job_id', sa.Uuid(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_notification_digests_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notification_digests'))
    )
    op.create_index(op.f('ix_notification_digests_user_id'), 'notification_digests', ['user_id'], unique=False)
    op.create_index('uq_notification_digests_open', 'notification_digests', ['user_id'], unique=True, postgresql_where=sa.text('closed_at is null'))
    op.create_table('notification_endpoints',
    sa.Column('workspace_id', sa.Uuid(), nullable=False),
    sa.Column('created_by', sa.Uuid(), nullable=True),
    sa.Column('type', sa.Enum('webhook', 'slack', 'discord', name='endpointtype', native_enum=False, length=40), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('sealed_url', sa.LargeBinary(), nullable=False),
    sa.Column('kinds', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('sealed_secret', sa.LargeBinary(), nullable=True),
    sa.Column('sealed_old_secret', sa.LargeBinary(), nullable=True),
    sa.Column('old_secret_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('is_enabled', sa.Boolean(), server_default=sa.text('true'), nullable=False),
    sa.Column('disabled_reason', sa.Enum('by_person', 'failing', 'gone', name='disabledreason', native_enum=False, length=40), nullable=True),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('failing_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_success_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_delivery_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_status', sa.Integer(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['created_by'], ['users.id'], name=op.f('fk_notification_endpoints_created_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_notification_endpoints_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notification_endpoints'))
    )
    op.create_index('ix_notification_endpoints_list', 'notification_endpoints', ['workspace_id', sa.literal_column('created_at desc'), sa.literal_column('id desc')], unique=False)
    op.create_table('notification_preferences',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('zone', sa.String(), nullable=False),
    sa.Column('is_quiet', sa.Boolean(), nullable=False),
    sa.Column('quiet_start', sa.Time(), nullable=False),
    sa.Column('quiet_end', sa.Time(), nullable=False),
    sa.Column('email_digest', sa.Enum('off', 'hourly', 'daily', name='digestrhythm', native_enum=False, length=40), nullable=False),
    sa.Column('digest_hour', sa.Integer(), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_notification_preferences_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_notification_preferences'))
    )
    op.create_table('notifications',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('workspace_id', sa.Uuid(), nullable=True),
    sa.Column('event_key', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('video.ready', 'video.failed', 'job.dead', 'webhook.disabled', 'note', 'test', name='kind', native_enum=False, length=40), nullable=False),
    sa.Column('facts', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('is_shown', sa.Boolean(), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_notifications_user_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspaces.id'], name=op.f('fk_notifications_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notifications')),
    sa.UniqueConstraint('event_key', 'user_id', 'kind', name='uq_notifications_event')
    )
    op.create_index('ix_notifications_created_at', 'notifications', ['created_at'], unique=False)
    op.create_index('ix_notifications_list', 'notifications', ['user_id', sa.literal_column('created_at desc'), sa.literal_column('id desc')], unique=False, postgresql_where=sa.text('is_shown and deleted_at is null'))
    op.create_index('ix_notifications_unread', 'notifications', ['user_id'], unique=False, postgresql_where=sa.text('read_at is null and is_shown and deleted_at is null'))
    op.create_index(op.f('ix_notifications_workspace_id'), 'notifications', ['workspace_id'], unique=False)
    op.create_table('push_devices',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('endpoint_digest', sa.LargeBinary(), nullable=False),
    sa.Column('endpoint_host', sa.String(), nullable=False),
    sa.Column('sealed_address', sa.LargeBinary(), nullable=False),
    sa.Column('last_used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_push_devices_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_push_devices')),
    sa.UniqueConstraint('endpoint_digest', name=op.f('uq_push_devices_endpoint_digest'))
    )
    op.create_index(op.f('ix_push_devices_user_id'), 'push_devices', ['user_id'], unique=False)
    op.create_table('notification_deliveries',
    sa.Column('event_key', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('video.ready', 'video.failed', 'job.dead', 'webhook.disabled', 'note', 'test', name='kind', native_enum=False, length=40), nullable=False),
    sa.Column('channel', sa.Enum('in_app', 'push', 'email', 'webhook', 'slack', 'discord', name='channelname', native_enum=False, length=40), nullable=False),
    sa.Column('target', sa.Uuid(), nullable=False),
    sa.Column('notification_id', sa.Uuid(), nullable=True),
    sa.Column('endpoint_id', sa.Uuid(), nullable=True),
    sa.Column('digest_id', sa.Uuid(), nullable=True),
    sa.Column('message_id', sa.Uuid(), nullable=False),
    sa.Column('payload', postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    sa.Column('is_test', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('replay_of', sa.Uuid(), nullable=True),
    sa.Column('state', sa.Enum('pending', 'delivered', 'failed', name='deliverystate', native_enum=False, length=40), server_default='pending', nullable=False),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('job_id', sa.Uuid(), nullable=True),
    sa.Column('response_status', sa.Integer(), nullable=True),
    sa.Column('error_code', sa.String(), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['digest_id'], ['notification_digests.id'], name=op.f('fk_notification_deliveries_digest_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['endpoint_id'], ['notification_endpoints.id'], name=op.f('fk_notification_deliveries_endpoint_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['notification_id'], ['notifications.id'], name=op.f('fk_notification_deliveries_notification_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notification_deliveries')),
    sa.UniqueConstraint('event_key', 'kind', 'channel', 'target', name='uq_notification_deliveries_event')
    )
    op.create_index('ix_notification_deliveries_created_at', 'notification_deliveries', ['created_at'], unique=False)
    op.create_index(op.f('ix_notification_deliveries_digest_id'), 'notification_deliveries', ['digest_id'], unique=False)
    op.create_index('ix_notification_deliveries_log', 'notification_deliveries', ['endpoint_id', sa.literal_column('created_at desc'), sa.literal_column('id desc')], unique=False, postgresql_where=sa.text('endpoint_id is not null'))
    op.create_index(op.f('ix_notification_deliveries_notification_id'), 'notification_deliveries', ['notification_id'], unique=False)
    op.create_table('notification_attempts',
    sa.Column('delivery_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('duration_ms', sa.Integer(), nullable=True),
    sa.Column('status', sa.Integer(), nullable=True),
    sa.Column('error_code', sa.String(), nullable=True),
    sa.Column('excerpt', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['delivery_id'], ['notification_deliveries.id'], name=op.f('fk_notification_attempts_delivery_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('delivery_id', 'number', name=op.f('pk_notification_attempts'))
    )


def downgrade():
    op.drop_table('notification_attempts')
    op.drop_index(op.f('ix_notification_deliveries_notification_id'), table_name='notification_deliveries')
    op.drop_index('ix_notification_deliveries_log', table_name='notification_deliveries', postgresql_where=sa.text('endpoint_id is not null'))
    op.drop_index(op.f('ix_notification_deliveries_digest_id'), table_name='notification_deliveries')
    op.drop_index('ix_notification_deliveries_created_at', table_name='notification_deliveries')
    op.drop_table('notification_deliveries')
    op.drop_index(op.f('ix_push_devices_user_id'), table_name='push_devices')
    op.drop_table('push_devices')
    op.drop_index(op.f('ix_notifications_workspace_id'), table_name='notifications')
    op.drop_index('ix_notifications_unread', table_name='notifications', postgresql_where=sa.text('read_at is null and is_shown and deleted_at is null'))
    op.drop_index('ix_notifications_list', table_name='notifications', postgresql_where=sa.text('is_shown and deleted_at is null'))
    op.drop_index('ix_notifications_created_at', table_name='notifications')
    op.drop_table('notifications')
    op.drop_table('notification_preferences')
    op.drop_index('ix_notification_endpoints_list', table_name='notification_endpoints')
    op.drop_table('notification_endpoints')
    op.drop_index('uq_notification_digests_open', table_name='notification_digests', postgresql_where=sa.text('closed_at is null'))
    op.drop_index(op.f('ix_notification_digests_user_id'), table_name='notification_digests')
    op.drop_table('notification_digests')
    op.drop_table('notification_choices')
