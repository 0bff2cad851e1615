import django.db.models.deletion
import synchromesh.plumbing.create_models
import synchromesh.plumbing.translated_text
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        synchromesh.plumbing.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Country',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=2, unique=True)),
                        ('names', synchromesh.plumbing.translated_text.TranslatedField(blank=True, default=dict)),
                    ],
                    options={
                        'verbose_name_plural': 'countries',
                        'ordering': ['code'],
                    },
                ),
                migrations.CreateModel(
                    name='Region',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=5, unique=True)),
                        ('level', models.PositiveSmallIntegerField()),
                        ('name', models.CharField(max_length=120)),
                        ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='regions', to='places.country')),
                        ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='places.region')),
                    ],
                    options={
                        'ordering': ['code'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 3)), name='region_level_1_to_3')],
                    },
                ),
            ],
        ),
    ]
