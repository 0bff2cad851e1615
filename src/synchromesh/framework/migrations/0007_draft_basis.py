"""Drafts know the version that they were started from; one that waits already was started from what is published."""

import django.db.models.deletion
from django.db import migrations, models


def _keep_the_waiting_draft(apps, schema_editor):
    versions = apps.get_model("framework", "FrameworkVersion").objects.using(schema_editor.connection.alias)
    versions.filter(status="draft").update(based_on=versions.filter(status="published").first())


class Migration(migrations.Migration):

    dependencies = [
        ('framework', '0006_crosswalk_verdicts'),
    ]

    operations = [
        migrations.AddField(
            model_name='frameworkversion',
            name='based_on',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='framework.frameworkversion'),
        ),
        migrations.RunPython(_keep_the_waiting_draft, migrations.RunPython.noop),
    ]
