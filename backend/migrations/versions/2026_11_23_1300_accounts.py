"""accounts"""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
revision = 'd1a0c2e4f601'
down_revision = 'c41d7f20a9be'
branch_labels = None
depends_on = None


def upgrade():
    # A migration must never make the running product wait for a lock.
    op.execute("set local lock_timeout = '5s'")
    op.add_column('users', sa.Column('email_verified_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('users', sa.Column('credential_epoch', sa.Integer(), server_default=sa.text('0'), nullable=False))
    op.add_column('users', sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True))
    # People who come by Google or with a passkey have no password.
    op.alter_column('users', 'password_hash', existing_type=sa.String(), nullable=True)
    op.create_table('one_time_tokens',
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('purpose', sa.Enum('verify_email', 'reset_password', 'change_email', 'undo_email', name='purpose', native_enum=False, length=40), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('email_key', sa.String(), nullable=False),
    sa.Column('credential_epoch', sa.Integer(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_one_time_tokens_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_one_time_tokens'))
    )
    op.create_index(op.f('ix_one_time_tokens_user_id'), 'one_time_tokens', ['user_id'], unique=False)
    op.create_index(op.f('ix_one_time_tokens_email_key'), 'one_time_tokens', ['email_key'], unique=False)
    op.create_table('registrations',
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('locale', sa.Enum('tr', 'en', name='locale', native_enum=False, length=40), nullable=False),
    sa.Column('password_hash', sa.String(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registrations'))
    )


def downgrade():
    op.drop_table('registrations')
    op.drop_table('one_time_tokens')
    # Nobody without a password can be kept in a table that asks for one: theirs fits nothing.
    op.execute("update users set password_hash = 'none$0$' where password_hash is null")
    op.alter_column('users', 'password_hash', existing_type=sa.String(), nullable=False)
    op.drop_column('users', 'disabled_at')
    op.drop_column('users', 'credential_epoch')
    op.drop_column('users', 'email_verified_at')
