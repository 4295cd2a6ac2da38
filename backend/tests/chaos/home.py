"""A temporary ULTRA_HOME and impatient settings; must be imported before anything of `ultra`."""

import os

from tests.homes import use_temporary_home

HOME = use_temporary_home("chaos")
# Everything that waits for a time waits shorter, so that a run has more of it.
os.environ["ULTRA_JOBS__LEASE_SECONDS"] = "5"
os.environ["ULTRA_JOBS__RESEND_SECONDS"] = "3"
os.environ["ULTRA_JOBS__WATCHDOG_SECONDS"] = "15"
# The faults kill workers all the time; that is not the jobs' fault.
os.environ["ULTRA_JOBS__MAX_CRASHES"] = "1000"
os.environ["ULTRA_AUTH__BCRYPT_COST"] = "4"
