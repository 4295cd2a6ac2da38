"""persons' secrets in the vault, breaks of the audit log that were told"""

from alembic import op
import sqlalchemy as sa
revision = 'd6f5a7b9c106'
down_revision = 'd5e4f6a8b005'
branch_labels = None
depends_on = None


def upgrade():
    # A migration must never make the running product wait for a lock.
    op.execute("set local lock_timeout = '5s'")
    op.alter_column('data_keys', 'workspace_id', nullable=True)
    op.add_column('data_keys', sa.Column('user_id', sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f('fk_data_keys_user_id'), 'data_keys', 'users', ['user_id'], ['id'], ondelete='CASCADE')
    op.create_unique_constraint(op.f('uq_data_keys_user_id_key_id'), 'data_keys', ['user_id', 'key_id'])
    op.create_check_constraint(op.f('ck_data_keys_one_owner'), 'data_keys', 'num_nonnulls(workspace_id, user_id) = 1')
    op.add_column('audit_chains', sa.Column('told_break', sa.BigInteger(), nullable=True))
    # What was sealed before the vault is read as it is, and sealed again by the vault's own job:
    # a migration has no keys.


def downgrade():
    op.drop_column('audit_chains', 'told_break')
    # Without its key a person's secret is lost: authenticator apps have to be set up anew.
    op.execute('delete from data_keys where user_id is not null')
    # The wall names the column; the older version builds its own.
    op.execute('drop policy if exists ultra_wall on data_keys')
    op.drop_constraint(op.f('ck_data_keys_one_owner'), 'data_keys')
    op.drop_constraint(op.f('uq_data_keys_user_id_key_id'), 'data_keys')
    op.drop_constraint(op.f('fk_data_keys_user_id'), 'data_keys')
    op.drop_column('data_keys', 'user_id')
    op.alter_column('data_keys', 'workspace_id', nullable=False)
