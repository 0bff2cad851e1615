import django.db.models.deletion
import synchromesh.plumbing.create_models
import synchromesh.plumbing.translated_text
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('framework', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        synchromesh.plumbing.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Brief',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('wish', models.CharField(help_text='What makes two wishes the same; see operations.', max_length=300, unique=True)),
                        ('origin', models.CharField(choices=[('search', 'Search without result'), ('gap', 'Gap without course'), ('plan', 'Saved plan'), ('insight', 'Skills intelligence'), ('region', 'Regional desk')], max_length=10)),
                        ('level', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('words', models.CharField(blank=True, max_length=120)),
                        ('language', models.CharField(blank=True, max_length=2)),
                        ('times', models.PositiveIntegerField(default=1)),
                        ('first_on', models.DateField(auto_now_add=True)),
                        ('last_on', models.DateField(auto_now=True)),
                        ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='places.region')),
                        ('skill', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='briefs', to='framework.skill')),
                    ],
                    options={
                        'ordering': ['-times', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='Course',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('origin', models.CharField(choices=[('real', 'Real'), ('starter', 'Starter draft'), ('example', 'Example')], default='real', max_length=10)),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('import_source', models.CharField(blank=True, max_length=80)),
                        ('external_id', models.CharField(blank=True, max_length=200)),
                        ('source_url', models.URLField(blank=True, max_length=1000)),
                        ('source_on', models.DateField(blank=True, null=True)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('slug', models.SlugField(max_length=160, unique=True)),
                        ('record_type', models.CharField(default='course', max_length=80)),
                        ('titles', synchromesh.plumbing.translated_text.TranslatedField(blank=True, default=dict)),
                        ('summaries', synchromesh.plumbing.translated_text.TranslatedField(blank=True, default=dict)),
                        ('descriptions', synchromesh.plumbing.translated_text.TranslatedField(blank=True, default=dict)),
                        ('outcomes', models.JSONField(blank=True, default=dict, help_text='Language code to a list of outcomes.')),
                        ('languages', models.JSONField(blank=True, default=list, help_text='Codes of the languages it is taught in.')),
                        ('subtitles', models.JSONField(blank=True, default=list)),
                        ('mode', models.CharField(blank=True, choices=[('online', 'Online'), ('on-site', 'On site'), ('blended', 'Online and on site'), ('self-study', 'Self-study'), ('in-company', 'In your company')], max_length=12)),
                        ('minutes', models.PositiveIntegerField(blank=True, null=True)),
                        ('workload_text', models.CharField(blank=True, max_length=200)),
                        ('price_cents', models.PositiveIntegerField(blank=True, null=True)),
                        ('currency', models.CharField(blank=True, max_length=3)),
                        ('price_text', models.CharField(blank=True, max_length=200)),
                        ('certificate', models.CharField(blank=True, choices=[('none', 'Nothing'), ('attendance', 'Certificate of attendance'), ('certificate', 'Certificate after a test'), ('micro-credential', 'Micro-credential'), ('qualification', 'Qualification')], max_length=20)),
                        ('eqf_min', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('eqf_max', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('eqf_text', models.CharField(blank=True, max_length=200)),
                        ('ects', models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True)),
                        ('url', models.URLField(blank=True, max_length=1000)),
                        ('published_at', models.DateTimeField(blank=True, null=True)),
                        ('last_confirmed_on', models.DateField(blank=True, null=True)),
                        ('provider', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='courses', to='accounts.organisation')),
                        ('topics', models.ManyToManyField(blank=True, related_name='courses', to='framework.topic')),
                        ('skills', models.ManyToManyField(related_name='courses', through='catalogue.CourseSkill', to='framework.skill')),
                    ],
                    options={
                        'ordering': ['slug'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('import_source', 'external_id'), name='course_source_external_id_unique'), models.CheckConstraint(condition=models.Q(('price_cents', None), models.Q(('currency', ''), _negated=True), _connector='OR'), name='course_price_has_currency')],
                    },
                ),
                migrations.CreateModel(
                    name='CourseSkill',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('source_url', models.URLField(blank=True, max_length=1000)),
                        ('source_on', models.DateField(blank=True, null=True)),
                        ('method', models.CharField(choices=[('hand', 'By hand'), ('import', 'Import'), ('suggested', 'Suggested')], default='hand', max_length=10)),
                        ('confidence', models.DecimalField(blank=True, decimal_places=2, max_digits=3, null=True)),
                        ('quote', models.TextField(blank=True)),
                        ('confirmed_by', models.CharField(blank=True, max_length=40)),
                        ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                        ('review_due_on', models.DateField(blank=True, null=True)),
                        ('entry_level', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('level', models.PositiveSmallIntegerField()),
                        ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skill_links', to='catalogue.course')),
                        ('skill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='course_links', to='framework.skill')),
                    ],
                    options={
                        'ordering': ['course', 'skill'],
                        'constraints': [models.UniqueConstraint(fields=('course', 'skill'), name='course_skill_unique'), models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 3), models.Q(('entry_level', None), ('entry_level__lt', models.F('level')), _connector='OR')), name='course_skill_levels_in_order')],
                    },
                ),
                migrations.CreateModel(
                    name='Run',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('external_id', models.CharField(max_length=200)),
                        ('starts_on', models.DateField(blank=True, null=True)),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('dates_text', models.CharField(blank=True, max_length=200)),
                        ('place', models.CharField(blank=True, max_length=200)),
                        ('language', models.CharField(blank=True, max_length=2)),
                        ('mode', models.CharField(blank=True, choices=[('online', 'Online'), ('on-site', 'On site'), ('blended', 'Online and on site'), ('self-study', 'Self-study'), ('in-company', 'In your company')], max_length=12)),
                        ('deadline_on', models.DateField(blank=True, null=True)),
                        ('seats', models.PositiveIntegerField(blank=True, null=True)),
                        ('country', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='places.country')),
                        ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='runs', to='catalogue.course')),
                        ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='places.region')),
                    ],
                    options={
                        'ordering': ['starts_on', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('course', 'external_id'), name='run_external_id_unique'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('starts_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='run_ends_after_it_starts')],
                    },
                ),
            ],
        ),
    ]
