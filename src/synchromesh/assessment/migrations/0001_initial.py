import django.db.models.deletion
import synchromesh.plumbing.create_models
import synchromesh.plumbing.translated_text
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0002_provider_applications'),
        ('accounts', '__first__'),
        ('catalogue', '0006_learning_here'),
        ('framework', '0007_draft_basis'),
    ]

    operations = [
        synchromesh.plumbing.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Instrument',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('key', models.SlugField(max_length=80)),
                        ('purpose', models.CharField(choices=[('quiz', 'Quiz'), ('final-test', 'Final test'), ('assignment', 'Assignment'), ('before-test', 'Test before the course'), ('after-test', 'Test after the course'), ('questionnaire', 'Questionnaire')], max_length=14)),
                        ('titles', synchromesh.plumbing.translated_text.TranslatedField(blank=True, default=dict)),
                        ('introductions', synchromesh.plumbing.translated_text.TranslatedField(blank=True, default=dict)),
                        ('minutes', models.PositiveIntegerField(blank=True, help_text='Time limit; empty: none.', null=True)),
                        ('attempts_allowed', models.PositiveSmallIntegerField(blank=True, help_text='Empty: as many as one likes.', null=True)),
                        ('attempt_rule', models.CharField(choices=[('best', 'The best attempt'), ('latest', 'The latest attempt'), ('first', 'The first attempt')], default='best', max_length=6)),
                        ('pass_percent', models.PositiveSmallIntegerField(blank=True, help_text='Empty: taking part is enough.', null=True)),
                        ('shuffle_questions', models.BooleanField(default=False)),
                        ('shuffle_choices', models.BooleanField(default=True)),
                        ('feedback', models.CharField(choices=[('after-each', 'After each answer'), ('after-end', 'After handing in'), ('after-pass', 'After passing, or after the last attempt'), ('never', 'Only the points')], default='after-end', max_length=10)),
                        ('frozen_at', models.DateTimeField(blank=True, null=True)),
                        ('bank', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='instruments', to='assessment.questionbank')),
                    ],
                    options={
                        'ordering': ['bank_id', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('pass_percent', None), models.Q(('pass_percent__gte', 1), ('pass_percent__lte', 100)), _connector='OR'), name='instrument_pass_percent'), models.CheckConstraint(condition=models.Q(('attempts_allowed', None), ('attempts_allowed__gte', 1), _connector='OR'), name='instrument_attempts_allowed'), models.CheckConstraint(condition=models.Q(('minutes', None), ('minutes__gte', 1), _connector='OR'), name='instrument_time')],
                    },
                ),
                migrations.CreateModel(
                    name='Attempt',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('occasion', models.UUIDField()),
                        ('number', models.PositiveSmallIntegerField()),
                        ('seed', models.PositiveIntegerField()),
                        ('language', models.CharField(max_length=2)),
                        ('started_at', models.DateTimeField()),
                        ('due_at', models.DateTimeField(blank=True, null=True)),
                        ('submitted_at', models.DateTimeField(blank=True, null=True)),
                        ('time_was_up', models.BooleanField(default=False)),
                        ('marked_at', models.DateTimeField(blank=True, null=True)),
                        ('points', models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True)),
                        ('most_points', models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True)),
                        ('passed', models.BooleanField(blank=True, null=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to=settings.AUTH_USER_MODEL)),
                        ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='assessment.instrument')),
                    ],
                    options={
                        'ordering': ['instrument_id', 'person_id', 'number', 'id'],
                        'indexes': [models.Index(fields=['occasion'], name='attempt_occasion')],
                        'constraints': [models.UniqueConstraint(fields=('instrument', 'person', 'occasion', 'number'), name='attempt_number_unique'), models.UniqueConstraint(condition=models.Q(('submitted_at', None)), fields=('instrument', 'person', 'occasion'), name='attempt_one_open'), models.CheckConstraint(condition=models.Q(('marked_at', None), ('submitted_at__isnull', False), _connector='OR'), name='attempt_marked_after_submission')],
                    },
                ),
                migrations.CreateModel(
                    name='InstrumentPart',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveSmallIntegerField()),
                        ('count', models.PositiveSmallIntegerField(default=1)),
                        ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='assessment.instrument')),
                    ],
                    options={
                        'ordering': ['instrument_id', 'position'],
                        'constraints': [models.UniqueConstraint(fields=('instrument', 'position'), name='instrument_part_position_unique'), models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='instrument_part_count')],
                    },
                ),
                migrations.CreateModel(
                    name='Question',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('key', models.SlugField(max_length=80)),
                        ('revision', models.PositiveIntegerField(default=1)),
                        ('kind', models.CharField(choices=[('single', 'single'), ('multiple', 'multiple'), ('true-false', 'true-false'), ('order', 'order'), ('match', 'match'), ('fill-in', 'fill-in'), ('numeric', 'numeric'), ('hotspot', 'hotspot'), ('short-text', 'short-text'), ('free-text', 'free-text'), ('file', 'file'), ('scale', 'scale')], max_length=12)),
                        ('document', models.JSONField()),
                        ('points', models.DecimalField(decimal_places=2, default=1, max_digits=6)),
                        ('level', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('made_by', models.CharField(max_length=40)),
                        ('replaced_at', models.DateTimeField(blank=True, help_text='When a newer revision or a removal took over.', null=True)),
                        ('skill', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='framework.skill')),
                        ('bank', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='assessment.questionbank')),
                    ],
                    options={
                        'ordering': ['bank_id', 'key', '-revision'],
                        'constraints': [models.UniqueConstraint(fields=('bank', 'key', 'revision'), name='question_revision_unique'), models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('bank', 'key'), name='question_one_newest_revision')],
                    },
                ),
                migrations.CreateModel(
                    name='PartQuestion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveSmallIntegerField()),
                        ('part', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='assessment.instrumentpart')),
                        ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='assessment.question')),
                    ],
                    options={
                        'ordering': ['part_id', 'position'],
                        'constraints': [models.UniqueConstraint(fields=('part', 'position'), name='part_question_position_unique'), models.UniqueConstraint(fields=('part', 'question'), name='part_question_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='QuestionBank',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('titles', synchromesh.plumbing.translated_text.TranslatedField(blank=True, default=dict)),
                        ('course', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='question_bank', to='catalogue.course')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='question_banks', to='accounts.organisation')),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('course', None), ('organisation__isnull', False)), models.Q(('course__isnull', False), ('organisation', None)), _connector='OR'), name='question_bank_has_one_owner')],
                    },
                ),
                migrations.CreateModel(
                    name='Response',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveSmallIntegerField()),
                        ('answer', models.JSONField(blank=True, null=True)),
                        ('save_number', models.PositiveIntegerField(default=0)),
                        ('saved_at', models.DateTimeField(blank=True, null=True)),
                        ('checked_at', models.DateTimeField(blank=True, help_text='Feedback was shown: the answer stands.', null=True)),
                        ('seconds', models.PositiveIntegerField(default=0, help_text='Time on the question, as the server saw it.')),
                        ('points', models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True)),
                        ('is_correct', models.BooleanField(blank=True, null=True)),
                        ('waits_for_mark', models.BooleanField(default=False)),
                        ('attempt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responses', to='assessment.attempt')),
                        ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='assessment.question')),
                    ],
                    options={
                        'ordering': ['attempt_id', 'position'],
                        'constraints': [models.UniqueConstraint(fields=('attempt', 'position'), name='response_position_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='Mark',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('criterion', models.CharField(max_length=80)),
                        ('points', models.DecimalField(decimal_places=2, max_digits=6)),
                        ('comment', models.TextField(blank=True)),
                        ('marked_by', models.CharField(max_length=40)),
                        ('marked_at', models.DateTimeField()),
                        ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='assessment.response')),
                    ],
                    options={
                        'ordering': ['response_id', 'criterion', '-marked_at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='AnswerFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('name', models.CharField(max_length=200)),
                        ('media_type', models.CharField(max_length=100)),
                        ('bytes', models.PositiveIntegerField()),
                        ('sha256', models.CharField(max_length=64)),
                        ('uploaded_at', models.DateTimeField(auto_now_add=True)),
                        ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='assessment.response')),
                    ],
                    options={
                        'ordering': ['response_id', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='TimeAllowance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('percent', models.PositiveSmallIntegerField(help_text='Added to the time limit: 25 makes 40 minutes 50.')),
                        ('granted_by', models.CharField(max_length=40)),
                        ('granted_at', models.DateTimeField(auto_now_add=True)),
                        ('bank', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='time_allowances', to='assessment.questionbank')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='time_allowances', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['bank_id', 'person_id'],
                        'constraints': [models.UniqueConstraint(fields=('bank', 'person'), name='time_allowance_unique'), models.CheckConstraint(condition=models.Q(('percent__gte', 1), ('percent__lte', 300)), name='time_allowance_percent')],
                    },
                ),
            ],
        ),
    ]
