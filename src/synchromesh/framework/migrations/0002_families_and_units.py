import django.db.models.deletion
import synchromesh.plumbing.create_models
import synchromesh.plumbing.translated_text
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('framework', '0001_initial'),
    ]

    operations = [
        synchromesh.plumbing.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Family',
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
                    ],
                    options={
                        'verbose_name_plural': 'families',
                        'ordering': ['slug'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('import_source', 'external_id'), name='family_source_external_id_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='UnitEntry',
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
                        ('code', models.CharField(max_length=60)),
                        ('depth', models.CharField(choices=[('unit', 'Unit'), ('element', 'Element'), ('criterion', 'Performance criterion')], max_length=10)),
                        ('titles', synchromesh.plumbing.translated_text.TranslatedField(blank=True, default=dict)),
                        ('position', models.PositiveIntegerField()),
                        ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='framework.jobrole')),
                        ('skill', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='units', to='framework.skill')),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='units', to='framework.frameworkversion')),
                    ],
                    options={
                        'verbose_name_plural': 'unit entries',
                        'ordering': ['version', 'role', 'position'],
                        'constraints': [models.UniqueConstraint(fields=('version', 'role', 'code'), name='unit_code_unique')],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name='jobrole',
            name='family',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='framework.family'),
        ),
    ]
