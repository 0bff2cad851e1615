import django.db.models.deletion
import synchromesh.plumbing.create_models
import synchromesh.plumbing.translated_text
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        synchromesh.plumbing.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Topic',
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
                        ('slug', models.SlugField(max_length=80, unique=True)),
                        ('titles', synchromesh.plumbing.translated_text.TranslatedField(blank=True, default=dict)),
                        ('summaries', synchromesh.plumbing.translated_text.TranslatedField(blank=True, default=dict)),
                        ('position', models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        'ordering': ['position', 'slug'],
                    },
                ),
                migrations.CreateModel(
                    name='Address',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=12)),
                        ('slug', models.SlugField(max_length=120)),
                        ('uid', models.UUIDField()),
                    ],
                    options={
                        'verbose_name_plural': 'addresses',
                        'ordering': ['kind', 'slug'],
                        'constraints': [models.UniqueConstraint(fields=('kind', 'slug'), name='address_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='FrameworkVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('number', models.PositiveIntegerField(unique=True)),
                        ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('retired', 'Retired')], default='draft', max_length=10)),
                        ('note', models.CharField(blank=True, max_length=300)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('published_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['-number'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'published')), fields=('status',), name='one_published_framework_version')],
                    },
                ),
                migrations.CreateModel(
                    name='Skill',
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
                        ('slug', models.SlugField(max_length=120, unique=True)),
                        ('kind', models.CharField(choices=[('skill', 'Skill'), ('knowledge', 'Knowledge'), ('competence', 'Key competence')], default='skill', max_length=12)),
                        ('titles', synchromesh.plumbing.translated_text.TranslatedField(blank=True, default=dict)),
                        ('descriptions', synchromesh.plumbing.translated_text.TranslatedField(blank=True, default=dict)),
                        ('retired_at', models.DateTimeField(blank=True, null=True)),
                        ('successors', models.ManyToManyField(blank=True, related_name='predecessors', to='framework.skill')),
                        ('topics', models.ManyToManyField(blank=True, related_name='skills', to='framework.topic')),
                    ],
                    options={
                        'ordering': ['slug'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('import_source', 'external_id'), name='skill_source_external_id_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='JobRole',
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
                        ('slug', models.SlugField(max_length=120, unique=True)),
                        ('titles', synchromesh.plumbing.translated_text.TranslatedField(blank=True, default=dict)),
                        ('summaries', synchromesh.plumbing.translated_text.TranslatedField(blank=True, default=dict)),
                        ('tasks', models.JSONField(blank=True, default=dict, help_text='Language code to a list of things done on the job.')),
                        ('area', models.CharField(blank=True, max_length=160)),
                        ('eqf_min', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('eqf_max', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('eqf_source', models.CharField(blank=True, max_length=300)),
                        ('retired_at', models.DateTimeField(blank=True, null=True)),
                        ('topics', models.ManyToManyField(blank=True, related_name='roles', to='framework.topic')),
                    ],
                    options={
                        'ordering': ['slug'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('import_source', 'external_id'), name='role_source_external_id_unique'), models.CheckConstraint(condition=models.Q(models.Q(('eqf_max', None), ('eqf_min', None)), models.Q(('eqf_max__lte', 8), ('eqf_min__gte', 1), ('eqf_min__lte', models.F('eqf_max'))), _connector='OR'), name='role_eqf_1_to_8')],
                    },
                ),
                migrations.CreateModel(
                    name='Requirement',
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
                        ('level', models.PositiveSmallIntegerField()),
                        ('essential', models.BooleanField(default=True)),
                        ('weight', models.PositiveSmallIntegerField(default=3)),
                        ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requirements', to='framework.jobrole')),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requirements', to='framework.frameworkversion')),
                        ('skill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requirements', to='framework.skill')),
                    ],
                    options={
                        'ordering': ['version', 'role', '-essential', '-weight', 'skill'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 3)), name='requirement_level_1_to_3'), models.CheckConstraint(condition=models.Q(('weight__gte', 1), ('weight__lte', 5)), name='requirement_weight_1_to_5'), models.UniqueConstraint(fields=('version', 'role', 'skill'), name='requirement_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='EscoLink',
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
                        ('uri', models.URLField(max_length=300)),
                        ('match', models.CharField(choices=[('exact', 'exact'), ('close', 'close'), ('broad', 'broad'), ('narrow', 'narrow'), ('related', 'related')], max_length=10)),
                        ('role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='esco_links', to='framework.jobrole')),
                        ('skill', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='esco_links', to='framework.skill')),
                    ],
                    options={
                        'ordering': ['uri', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('skill', None), ('role', None), _connector='XOR'), name='esco_link_of_a_skill_or_a_role'), models.UniqueConstraint(fields=('skill', 'uri'), name='esco_link_of_skill_unique'), models.UniqueConstraint(fields=('role', 'uri'), name='esco_link_of_role_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='Anchor',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('level', models.PositiveSmallIntegerField()),
                        ('texts', synchromesh.plumbing.translated_text.TranslatedField(blank=True, default=dict)),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='anchors', to='framework.frameworkversion')),
                        ('skill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='anchors', to='framework.skill')),
                    ],
                    options={
                        'ordering': ['version', 'skill', 'level'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 3)), name='anchor_level_1_to_3'), models.UniqueConstraint(fields=('version', 'skill', 'level'), name='anchor_unique')],
                    },
                ),
            ],
        ),
    ]
