import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('framework', '0004_drafts_of_versions'),
    ]

    operations = [
        migrations.AlterField(
            model_name='frameworkversion',
            name='status',
            field=models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('retired', 'Retired'), ('discarded', 'Discarded')], default='draft', max_length=10),
        ),
        migrations.CreateModel(
            name='VersionComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('subject', models.CharField(choices=[('draft', 'The draft as a whole'), ('skill', 'A skill'), ('role', 'A job role')], max_length=5)),
                ('subject_uid', models.UUIDField(blank=True, null=True)),
                ('text', models.TextField()),
                ('written_by', models.CharField(max_length=40)),
                ('written_at', models.DateTimeField(auto_now_add=True)),
                ('resolved_by', models.CharField(blank=True, max_length=40)),
                ('resolved_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='framework.frameworkversion')),
            ],
            options={
                'ordering': ['version', 'written_at', 'id'],
                'indexes': [models.Index(fields=['version', 'subject', 'subject_uid'], name='version_comment_of_subject')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('subject', 'draft'), ('subject_uid', None)), models.Q(('subject__in', ['skill', 'role']), ('subject_uid__isnull', False)), _connector='OR'), name='version_comment_subject'), models.CheckConstraint(condition=models.Q(models.Q(('resolved_at', None), ('resolved_by', '')), models.Q(models.Q(('resolved_by', ''), _negated=True), ('resolved_at__isnull', False)), _connector='OR'), name='version_comment_resolved_by_somebody')],
            },
        ),
    ]
