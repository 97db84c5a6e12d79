"""Looks at people's data can be added, never changed or removed."""

from django.db import migrations, models

GUARD = """
CREATE TRIGGER looks_are_append_only
    BEFORE UPDATE OR DELETE ON records_lookrow
    FOR EACH ROW EXECUTE FUNCTION records_refuse_change();
CREATE TRIGGER looks_are_not_emptied
    BEFORE TRUNCATE ON records_lookrow
    FOR EACH STATEMENT EXECUTE FUNCTION records_refuse_change();
"""

UNGUARD = """
DROP TRIGGER looks_are_not_emptied ON records_lookrow;
DROP TRIGGER looks_are_append_only ON records_lookrow;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0003_phrases_may_mean_something_else"),
    ]

    operations = [
        migrations.CreateModel(
            name="LookRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account", models.CharField(max_length=80)),
                ("about", models.CharField(max_length=120)),
                ("purpose", models.CharField(max_length=20)),
                ("door", models.CharField(max_length=10)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["about", "-id"], name="look_about"),
                    models.Index(fields=["account", "-id"], name="look_account"),
                ],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
