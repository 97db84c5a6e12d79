from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0009_papers_held"),
    ]

    operations = [
        migrations.AddField(
            model_name="dossierrow",
            name="search",
            field=models.TextField(blank=True, db_default=""),
        ),
    ]
