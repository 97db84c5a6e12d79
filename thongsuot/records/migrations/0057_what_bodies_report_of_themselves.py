"""Documents by which bodies report, and the figures that they gave of themselves."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0056_single_orders_reminders_and_long_lists"),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnFigureRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form", models.CharField(max_length=40)),
                ("row", models.CharField(max_length=250)),
                ("column", models.CharField(max_length=40)),
                ("value", models.CharField(max_length=60)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.reportrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReportDocumentRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("notation", models.CharField(max_length=100)),
                ("issued_on", models.DateField(null=True)),
                ("file", models.CharField(blank=True, max_length=64)),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="records.documentrow",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.reportrow",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "document"), name="document_of_report_once"
                    )
                ],
            },
        ),
    ]
