"""What came and ended in each month, counted once from all stretches and then kept up with each."""

from django.db import migrations, models

# Nobody reckons meanwhile: whoever does takes the same lock.
FILL = """
SET LOCAL statement_timeout = 0;
SELECT pg_advisory_xact_lock(70766);
INSERT INTO records_reportmonthrow
       (month, office, field, system, is_online, received, resolved, resolved_late)
SELECT date_trunc('month', at AT TIME ZONE INTERVAL '7 hours')::date,
       office, field, system, is_online, sum(received), sum(resolved), sum(resolved_late)
  FROM (SELECT received_at AS at, office, field, system, is_online,
               1 AS received, 0 AS resolved, 0 AS resolved_late
          FROM records_stretchrow WHERE number = 1 AND NOT is_interlinked
        UNION ALL
        SELECT ended_at, office, field, system, is_online, 0, 1,
               CASE WHEN outcome <> 'withdrawn'
                     AND (ended_at AT TIME ZONE INTERVAL '7 hours')::date
                         > (due_at AT TIME ZONE INTERVAL '7 hours')::date
                    THEN 1 ELSE 0 END
          FROM records_stretchrow WHERE ended_at IS NOT NULL AND NOT is_interlinked) told
 GROUP BY 1, 2, 3, 4, 5;
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0051_dossiers_go_to_ministries")]

    operations = [
        migrations.CreateModel(
            name="ReportMonthRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("office", models.CharField(max_length=35)),
                ("field", models.CharField(blank=True, max_length=200)),
                ("system", models.CharField(max_length=40)),
                ("is_online", models.BooleanField()),
                ("received", models.IntegerField()),
                ("resolved", models.IntegerField()),
                ("resolved_late", models.IntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["month", "office", "field", "system", "is_online"],
                        name="report_month_once",
                    )
                ]
            },
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop, elidable=True),
    ]
