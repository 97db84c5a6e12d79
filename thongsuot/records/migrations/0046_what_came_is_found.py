"""What came and waits to be read is found without looking at all that ever came."""

from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("records", "0045_what_partners_send_by_themselves"),
    ]

    operations = [
        ValidateConstraint(model_name="inboxrow", name="arrival_states"),
        AddIndexConcurrently(
            model_name="inboxrow",
            index=models.Index(
                condition=models.Q(("state", "came")),
                fields=["partner", "id"],
                name="arrivals_to_read",
            ),
        ),
    ]
