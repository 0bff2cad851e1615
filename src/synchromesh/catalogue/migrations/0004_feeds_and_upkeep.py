import django.db.models.deletion
import synchromesh.plumbing.create_models
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('catalogue', '0003_mapping_verdicts'),
        ('framework', '0007_draft_basis'),
    ]

    operations = [
        synchromesh.plumbing.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='CourseUse',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField()),
                        ('views', models.PositiveIntegerField(default=0)),
                        ('clicks', models.PositiveIntegerField(default=0)),
                        ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='catalogue.course')),
                    ],
                    options={
                        'ordering': ['-day', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('course', 'day'), name='course_use_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='DuplicatePair',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('score', models.DecimalField(decimal_places=2, max_digits=3)),
                        ('reasons', models.JSONField(default=list)),
                        ('state', models.CharField(choices=[('open', 'To decide'), ('merged', 'The same course'), ('different', 'Different courses')], default='open', max_length=10)),
                        ('found_at', models.DateTimeField()),
                        ('decided_by', models.CharField(blank=True, max_length=40)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('batch_uid', models.UUIDField(blank=True, null=True)),
                        ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalogue.course')),
                        ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalogue.course')),
                    ],
                    options={
                        'ordering': ['-score', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='duplicate_pair_unique'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='duplicate_pair_in_order')],
                    },
                ),
                migrations.CreateModel(
                    name='FeedFetch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('outcome', models.CharField(choices=[('unchanged', 'Nothing new'), ('previewed', 'Preview waits'), ('committed', 'Committed'), ('alarmed', 'Stopped by an alarm'), ('failed', 'Failed')], max_length=10)),
                        ('batch_uid', models.UUIDField(blank=True, null=True)),
                        ('courses', models.PositiveIntegerField(default=0)),
                        ('problems', models.PositiveIntegerField(default=0)),
                        ('message', models.CharField(blank=True, max_length=500)),
                        ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fetches', to='catalogue.feedsource')),
                    ],
                    options={
                        'ordering': ['-at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='FeedSource',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('key', models.CharField(max_length=80, unique=True)),
                        ('name', models.CharField(max_length=200)),
                        ('url', models.URLField(blank=True, max_length=1000)),
                        ('language', models.CharField(blank=True, max_length=2)),
                        ('currency', models.CharField(blank=True, max_length=3)),
                        ('columns', models.JSONField(blank=True, default=dict)),
                        ('origin', models.CharField(choices=[('real', 'Real'), ('starter', 'Starter draft'), ('example', 'Example')], default='real', max_length=10)),
                        ('confirm_links', models.BooleanField(default=False)),
                        ('commits_by_itself', models.BooleanField(default=False)),
                        ('every_hours', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('next_fetch_at', models.DateTimeField(blank=True, null=True)),
                        ('paused_at', models.DateTimeField(blank=True, null=True)),
                        ('failures', models.PositiveSmallIntegerField(default=0)),
                        ('alarm', models.CharField(blank=True, max_length=300)),
                        ('alarmed_at', models.DateTimeField(blank=True, null=True)),
                        ('judged_from', models.DateTimeField(blank=True, null=True)),
                        ('etag', models.CharField(blank=True, max_length=200)),
                        ('last_modified', models.CharField(blank=True, max_length=60)),
                        ('content_hash', models.CharField(blank=True, max_length=64)),
                        ('created_by', models.CharField(max_length=40)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('provider', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feed_sources', to='accounts.organisation')),
                    ],
                    options={
                        'ordering': ['name', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('url', ''), _negated=True), ('every_hours', None), _connector='OR'), name='feed_schedule_needs_an_address')],
                    },
                ),
                migrations.CreateModel(
                    name='FieldLock',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('field', models.CharField(max_length=40)),
                        ('source_value', models.JSONField(blank=True, null=True)),
                        ('source_says', models.BooleanField(default=False)),
                        ('locked_by', models.CharField(max_length=40)),
                        ('locked_at', models.DateTimeField()),
                        ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='field_locks', to='catalogue.course')),
                    ],
                    options={
                        'ordering': ['course', 'field'],
                        'constraints': [models.UniqueConstraint(fields=('course', 'field'), name='field_lock_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='LinkCheck',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('url', models.URLField(max_length=1000)),
                        ('state', models.CharField(choices=[('unknown', 'Not checked yet'), ('good', 'Works'), ('failing', 'Did not answer lately'), ('broken', 'Broken')], default='unknown', max_length=10)),
                        ('failures', models.PositiveSmallIntegerField(default=0)),
                        ('first_failed_at', models.DateTimeField(blank=True, null=True)),
                        ('last_checked_at', models.DateTimeField(blank=True, null=True)),
                        ('last_good_at', models.DateTimeField(blank=True, null=True)),
                        ('next_check_at', models.DateTimeField(blank=True, null=True)),
                        ('status', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('course', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='link_check', to='catalogue.course')),
                    ],
                    options={
                        'ordering': ['next_check_at', 'id'],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name='course',
            name='confirmed_by',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='course',
            name='keywords',
            field=models.JSONField(blank=True, default=list, help_text="The source's own words for the subject."),
        ),
        migrations.AddField(
            model_name='course',
            name='licence',
            field=models.CharField(blank=True, help_text='Name or address of the terms of the texts.', max_length=300),
        ),
        migrations.AddField(
            model_name='course',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_courses', to='catalogue.course'),
        ),
        migrations.AddField(
            model_name='course',
            name='missing_since',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='course',
            name='refresh_asked_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='run',
            name='url',
            field=models.URLField(blank=True, max_length=1000),
        ),
        migrations.AddConstraint(
            model_name='course',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), ('published_at', None), _connector='OR'), name='merged_course_is_not_published'),
        ),
    ]
