import django.db.models.deletion
import synchromesh.plumbing.create_models
import synchromesh.plumbing.translated_text
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('assessment', '0001_initial'),
        ('catalogue', '0006_learning_here'),
    ]

    operations = [
        synchromesh.plumbing.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Cohort',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('joining', models.CharField(choices=[('open', 'Anybody'), ('code', 'Whoever has the code'), ('invitation', 'Whoever is invited')], default='open', max_length=10)),
                        ('code', models.CharField(blank=True, max_length=20)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('run', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='cohort', to='catalogue.run')),
                    ],
                    options={
                        'ordering': ['run_id'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('code',), name='cohort_code_unique'), models.CheckConstraint(condition=models.Q(models.Q(('joining', 'code'), _negated=True), models.Q(('code', ''), _negated=True), _connector='OR'), name='cohort_by_code_has_code')],
                    },
                ),
                migrations.CreateModel(
                    name='CohortDate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('unit_key', models.SlugField(max_length=80)),
                        ('at', models.DateTimeField()),
                        ('place', models.CharField(blank=True, max_length=300)),
                        ('url', models.URLField(blank=True, max_length=1000)),
                        ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dates', to='learning.cohort')),
                    ],
                    options={
                        'ordering': ['cohort_id', 'at', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('cohort', 'unit_key'), name='cohort_date_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='CohortInvitation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('email', models.EmailField(max_length=254)),
                        ('key_hash', models.CharField(max_length=64, unique=True)),
                        ('made_by', models.CharField(max_length=40)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('expires_at', models.DateTimeField()),
                        ('accepted_at', models.DateTimeField(blank=True, null=True)),
                        ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='cohort_invitations', to=settings.AUTH_USER_MODEL)),
                        ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='learning.cohort')),
                    ],
                    options={
                        'ordering': ['cohort_id', 'email'],
                        'constraints': [models.UniqueConstraint(fields=('cohort', 'email'), name='cohort_invitation_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='CohortMessage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('subject', models.CharField(max_length=200)),
                        ('text', models.TextField()),
                        ('sent_by', models.CharField(max_length=40)),
                        ('sent_at', models.DateTimeField(auto_now_add=True)),
                        ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='learning.cohort')),
                    ],
                    options={
                        'ordering': ['-sent_at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='ContentVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('number', models.PositiveIntegerField()),
                        ('source_language', models.CharField(max_length=2)),
                        ('languages', models.JSONField(default=list)),
                        ('attendance_percent', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('issues_credential', models.BooleanField(default=False)),
                        ('note', models.CharField(blank=True, help_text='What is new in this version.', max_length=500)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('made_by', models.CharField(max_length=40)),
                        ('changed_at', models.DateTimeField(auto_now=True)),
                        ('review_asked_at', models.DateTimeField(blank=True, null=True)),
                        ('published_at', models.DateTimeField(blank=True, null=True)),
                        ('published_by', models.CharField(blank=True, max_length=40)),
                        ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='content_versions', to='catalogue.course')),
                    ],
                    options={
                        'ordering': ['course_id', '-number'],
                        'constraints': [models.UniqueConstraint(fields=('course', 'number'), name='content_version_number_unique'), models.UniqueConstraint(condition=models.Q(('published_at', None)), fields=('course',), name='content_version_one_draft'), models.CheckConstraint(condition=models.Q(('attendance_percent', None), models.Q(('attendance_percent__gte', 1), ('attendance_percent__lte', 100)), _connector='OR'), name='content_version_attendance_percent')],
                    },
                ),
                migrations.CreateModel(
                    name='Enrolment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('round', models.PositiveSmallIntegerField(default=1)),
                        ('state', models.CharField(choices=[('waiting', 'On the waiting list'), ('active', 'Learning'), ('completed', 'Completed'), ('left', 'Left')], default='active', max_length=9)),
                        ('language', models.CharField(max_length=2)),
                        ('joined_by', models.CharField(help_text='open, code, invitation, list or staff', max_length=10)),
                        ('enrolled_at', models.DateTimeField()),
                        ('seated_at', models.DateTimeField(blank=True, help_text='When a place was free; empty while waiting.', null=True)),
                        ('last_seen_at', models.DateTimeField(blank=True, null=True)),
                        ('left_at', models.DateTimeField(blank=True, null=True)),
                        ('completed_at', models.DateTimeField(blank=True, null=True)),
                        ('shares_pilot_answers', models.BooleanField(default=False)),
                        ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='catalogue.course')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enrolments', to=settings.AUTH_USER_MODEL)),
                        ('run', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='catalogue.run')),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='learning.contentversion')),
                        ('last_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='learning.unit')),
                    ],
                    options={
                        'ordering': ['-enrolled_at', '-id'],
                        'indexes': [models.Index(fields=['run', 'state', 'enrolled_at'], name='enrolment_of_run'), models.Index(fields=['version', 'state'], name='enrolment_of_version')],
                        'constraints': [models.UniqueConstraint(fields=('person', 'course', 'round'), name='enrolment_round_unique'), models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'active'])), fields=('person', 'course'), name='enrolment_one_at_a_time')],
                    },
                ),
                migrations.CreateModel(
                    name='EarnedAchievement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('earned_at', models.DateTimeField()),
                        ('percent', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                        ('result', models.JSONField()),
                        ('to_be_issued', models.BooleanField(default=False)),
                        ('credential_uid', models.UUIDField(blank=True, null=True)),
                        ('issued_at', models.DateTimeField(blank=True, null=True)),
                        ('enrolment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='achievement', to='learning.enrolment')),
                    ],
                    options={
                        'ordering': ['-earned_at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='Media',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('name', models.CharField(max_length=120)),
                        ('media_type', models.CharField(max_length=100)),
                        ('bytes', models.PositiveIntegerField()),
                        ('sha256', models.CharField(max_length=64)),
                        ('uploaded_by', models.CharField(max_length=40)),
                        ('uploaded_at', models.DateTimeField(auto_now_add=True)),
                        ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='media', to='catalogue.course')),
                    ],
                    options={
                        'verbose_name_plural': 'media',
                        'ordering': ['course_id', 'name'],
                        'constraints': [models.UniqueConstraint(fields=('course', 'name'), name='media_name_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='Pilot',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('target_group', models.CharField(max_length=500)),
                        ('least_learners', models.PositiveSmallIntegerField(default=10)),
                        ('least_gain', models.PositiveSmallIntegerField(default=10)),
                        ('opened_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('decision', models.CharField(blank=True, choices=[('go', 'Offer it to everybody'), ('revise', 'Revise it')], max_length=6)),
                        ('decision_note', models.TextField(blank=True)),
                        ('decided_by', models.CharField(blank=True, max_length=40)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('after_test', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessment.instrument')),
                        ('before_test', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessment.instrument')),
                        ('questionnaire', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessment.instrument')),
                        ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='pilot', to='learning.contentversion')),
                    ],
                    options={
                        'ordering': ['-opened_at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='Post',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('unit_key', models.SlugField(max_length=80)),
                        ('text', models.TextField()),
                        ('language', models.CharField(max_length=2)),
                        ('posted_at', models.DateTimeField(auto_now_add=True)),
                        ('hidden_at', models.DateTimeField(blank=True, null=True)),
                        ('hidden_by', models.CharField(blank=True, max_length=40)),
                        ('hidden_because', models.CharField(blank=True, max_length=300)),
                        ('answers', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='learning.post')),
                        ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='posts', to=settings.AUTH_USER_MODEL)),
                        ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='catalogue.course')),
                        ('run', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='catalogue.run')),
                    ],
                    options={
                        'ordering': ['posted_at', 'id'],
                        'indexes': [models.Index(fields=['course', 'unit_key'], name='post_of_unit')],
                    },
                ),
                migrations.CreateModel(
                    name='PostReport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.CharField(max_length=300)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('settled_at', models.DateTimeField(blank=True, null=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='post_reports', to=settings.AUTH_USER_MODEL)),
                        ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='learning.post')),
                    ],
                    options={
                        'ordering': ['made_at', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('post', 'person'), name='post_report_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='PrivateNote',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('unit_key', models.SlugField(max_length=80)),
                        ('text', models.TextField()),
                        ('changed_at', models.DateTimeField(auto_now=True)),
                        ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalogue.course')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='private_notes', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['course_id', 'unit_key', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('person', 'course', 'unit_key'), name='private_note_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='Section',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('key', models.SlugField(max_length=80)),
                        ('position', models.PositiveSmallIntegerField()),
                        ('titles', synchromesh.plumbing.translated_text.TranslatedField(blank=True, default=dict)),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='learning.contentversion')),
                    ],
                    options={
                        'ordering': ['version_id', 'position', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('version', 'key'), name='section_key_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='Unit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('key', models.SlugField(max_length=80)),
                        ('position', models.PositiveSmallIntegerField(help_text='Within its section.')),
                        ('kind', models.CharField(max_length=20)),
                        ('titles', synchromesh.plumbing.translated_text.TranslatedField(blank=True, default=dict)),
                        ('minutes', models.PositiveSmallIntegerField(default=5)),
                        ('is_required', models.BooleanField(default=True)),
                        ('must_pass', models.BooleanField(default=False, help_text='Done only when its instrument is passed.')),
                        ('content', models.JSONField(blank=True, default=dict)),
                        ('instrument', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='units', to='assessment.instrument')),
                        ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='units', to='learning.section')),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='units', to='learning.contentversion')),
                    ],
                    options={
                        'ordering': ['section__position', 'position', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('version', 'key'), name='unit_key_unique'), models.CheckConstraint(condition=models.Q(('must_pass', False), ('instrument__isnull', False), _connector='OR'), name='unit_to_pass_has_instrument')],
                    },
                ),
                migrations.CreateModel(
                    name='StuckReport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('text', models.CharField(blank=True, max_length=1000)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('settled_at', models.DateTimeField(blank=True, null=True)),
                        ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stuck_reports', to='learning.enrolment')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stuck_reports', to='learning.unit')),
                    ],
                    options={
                        'ordering': ['-made_at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='Attendance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('was_there', models.BooleanField()),
                        ('recorded_by', models.CharField(max_length=40)),
                        ('recorded_at', models.DateTimeField(auto_now=True)),
                        ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='learning.enrolment')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='learning.unit')),
                    ],
                    options={
                        'verbose_name_plural': 'attendance',
                        'ordering': ['enrolment_id', 'unit_id'],
                        'constraints': [models.UniqueConstraint(fields=('enrolment', 'unit'), name='attendance_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='UnitProgress',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.JSONField(blank=True, default=dict)),
                        ('save_number', models.PositiveIntegerField(default=0)),
                        ('first_seen_at', models.DateTimeField()),
                        ('last_seen_at', models.DateTimeField()),
                        ('seconds', models.PositiveIntegerField(default=0)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='progress', to='learning.enrolment')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='progress', to='learning.unit')),
                    ],
                    options={
                        'verbose_name_plural': 'unit progress',
                        'ordering': ['enrolment_id', 'unit_id'],
                        'constraints': [models.UniqueConstraint(fields=('enrolment', 'unit'), name='unit_progress_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='VersionRemark',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('unit_key', models.SlugField(blank=True, help_text='Empty: the version as a whole.', max_length=80)),
                        ('text', models.TextField()),
                        ('written_by', models.CharField(max_length=40)),
                        ('written_at', models.DateTimeField(auto_now_add=True)),
                        ('settled_by', models.CharField(blank=True, max_length=40)),
                        ('settled_at', models.DateTimeField(blank=True, null=True)),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='learning.contentversion')),
                    ],
                    options={
                        'ordering': ['version_id', 'written_at', 'id'],
                    },
                ),
            ],
        ),
    ]
