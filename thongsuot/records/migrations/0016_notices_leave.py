"""What is owed by e-mail knows when it left, or why it did not."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0015_what_the_desk_keeps"),
    ]

    operations = [
        migrations.AddField(
            model_name="outboxrow",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="outboxrow",
            name="next_try_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="outboxrow",
            name="sent_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="outboxrow",
            name="set_aside_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="outboxrow",
            name="last_error",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
    ]
