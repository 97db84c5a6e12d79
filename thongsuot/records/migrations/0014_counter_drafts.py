"""Drafts of the counter."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0013_competences")]

    operations = [
        migrations.CreateModel(
            name="DraftRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account", models.CharField(max_length=60)),
                ("procedure", models.CharField(max_length=10)),
                ("typed", models.JSONField()),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "procedure"), name="one_draft_a_procedure"
                    )
                ],
            },
        ),
    ]
