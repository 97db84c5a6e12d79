"""People outside: looking up without an account, what they said, how they reach an office."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0012_dossiers_are_found"),
    ]

    operations = [
        migrations.CreateModel(
            name="LookupTryRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60)),
                ("address", models.CharField(max_length=45)),
                ("succeeded", models.BooleanField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["code", "-at"], name="lookup_code"),
                    models.Index(fields=["address", "-at"], name="lookup_address"),
                ],
            },
        ),
        migrations.CreateModel(
            name="OfficeContactRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("office", models.CharField(max_length=35)),
                ("hotline", models.CharField(blank=True, max_length=40)),
                ("email", models.CharField(blank=True, max_length=120)),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("source", models.CharField(max_length=200)),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("office", "="), ("valid", "&&")],
                        name="office_contacts_do_not_overlap",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedbackRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("office", models.CharField(max_length=35)),
                ("score", models.PositiveSmallIntegerField()),
                ("comment", models.CharField(blank=True, max_length=1000)),
                ("at", models.DateTimeField()),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feedback",
                        to="records.dossierrow",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(score__gte=1, score__lte=5), name="score_one_to_five"
                    )
                ],
                "indexes": [models.Index(fields=["office", "-id"], name="feedback_office")],
            },
        ),
    ]
