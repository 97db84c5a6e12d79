"""Which body is named for what; a change of it is a change of what rarely changes."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models

TRIGGER = """
CREATE TRIGGER reference_changed
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON records_competencerow
    FOR EACH STATEMENT EXECUTE FUNCTION records_reference_changed();
"""
UNDO = "DROP TRIGGER reference_changed ON records_competencerow;"


class Migration(migrations.Migration):
    dependencies = [("records", "0013_people_outside")]

    operations = [
        migrations.CreateModel(
            name="CompetenceRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("procedure", models.CharField(blank=True, max_length=10)),
                ("case", models.CharField(blank=True, max_length=300)),
                ("field", models.CharField(blank=True, max_length=200)),
                ("office", models.CharField(max_length=35)),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("source", models.CharField(max_length=200)),
            ],
            options={
                "indexes": [models.Index(fields=["procedure", "field"], name="competence_of")],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("procedure", "="),
                            ("case", "="),
                            ("field", "="),
                            ("office", "="),
                            ("valid", "&&"),
                        ],
                        name="competences_do_not_overlap",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("field", ""), ("procedure", ""), _negated=True),
                            models.Q(("procedure", ""), ("field", ""), _connector="OR"),
                        ),
                        name="competence_is_of_a_procedure_or_a_field",
                    ),
                ],
            },
        ),
        migrations.RunSQL(TRIGGER, UNDO),
    ]
