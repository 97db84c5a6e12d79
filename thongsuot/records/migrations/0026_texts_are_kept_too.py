"""What a file is may be told in more letters: the texts of drafts are kept beside scans."""

from django.db import migrations, models

# A wider varchar is a change of the catalogue alone: PostgreSQL rewrites and checks no row.
WIDER = """
-- squawk-ignore changing-column-type
ALTER TABLE records_filerow ALTER COLUMN media_type TYPE varchar(100);
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0025_bulk_runs")]

    operations = [
        migrations.RunSQL(
            WIDER,
            migrations.RunSQL.noop,
            state_operations=[
                migrations.AlterField(
                    model_name="filerow",
                    name="media_type",
                    field=models.CharField(max_length=100),
                ),
            ],
        ),
    ]
