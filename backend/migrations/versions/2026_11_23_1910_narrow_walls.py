"""narrow walls: nothing to do on the way here, as policies are built after each upgrade"""

from alembic import op
revision = 'e2c3d4e5b602'
down_revision = 'e1b2c3d4a501'
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    # Older versions know nothing of these, and build theirs. One that asks another table would
    # keep that from being dropped.
    op.execute("""
        do $$
        declare each record;
        begin
          for each in
            select polname, polrelid::regclass as place from pg_policy
            where polname in ('ultra_wall', 'ultra_sees', 'ultra_adds')
          loop
            execute format('drop policy %I on %s', each.polname, each.place);
          end loop;
        end $$
    """)
