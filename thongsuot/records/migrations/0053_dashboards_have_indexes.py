"""Indexes for what came, in order, and for how what is open stands; made beside the work."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

TAKE_TIME = """
SELECT set_config('thongsuot.statement_timeout', current_setting('statement_timeout'), false),
       set_config('statement_timeout', '0', false);
"""
NO_LONGER = """
SELECT set_config('statement_timeout', current_setting('thongsuot.statement_timeout'), false);
"""
HALF_MADE = "DROP INDEX CONCURRENTLY IF EXISTS {}"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("records", "0052_months_are_counted_as_they_come")]

    operations = [
        migrations.RunSQL(TAKE_TIME, migrations.RunSQL.noop),
        migrations.RunSQL(HALF_MADE.format("stretch_received"), migrations.RunSQL.noop),
        migrations.RunSQL(HALF_MADE.format("stretch_stands"), migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name="stretchrow",
            index=models.Index(
                fields=["received_at", "dossier"],
                condition=models.Q(("number", 1)),
                name="stretch_received",
            ),
        ),
        AddIndexConcurrently(
            model_name="stretchrow",
            index=models.Index(
                fields=["office", "due_at"],
                include=[
                    "extended_to",
                    "is_waiting",
                    "field",
                    "system",
                    "is_online",
                    "is_interlinked",
                ],
                condition=models.Q(("ended_at", None), ("to_at", None)),
                name="stretch_stands",
            ),
        ),
        migrations.RunSQL(NO_LONGER, migrations.RunSQL.noop),
    ]
