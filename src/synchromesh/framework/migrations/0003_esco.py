import django.db.models.deletion
import synchromesh.plumbing.create_models
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('framework', '0002_families_and_units'),
    ]

    operations = [
        synchromesh.plumbing.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='EscoVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('label', models.CharField(max_length=20, unique=True)),
                        ('imported_at', models.DateTimeField()),
                        ('is_active', models.BooleanField(default=False)),
                        ('languages', models.JSONField(default=list, help_text='Codes of the loaded languages, in the order of loading.')),
                        ('counts', models.JSONField(default=dict, help_text='Number of concepts by kind.')),
                    ],
                    options={
                        'ordering': ['label'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('is_active', True)), fields=('is_active',), name='one_active_esco_version')],
                    },
                ),
                migrations.CreateModel(
                    name='EscoConcept',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uri', models.CharField(max_length=200)),
                        ('kind', models.CharField(choices=[('skill', 'Skill'), ('knowledge', 'Knowledge'), ('occupation', 'Occupation'), ('skill-group', 'Group of skills'), ('isco-group', 'Group of occupations')], max_length=12)),
                        ('code', models.CharField(blank=True, max_length=40)),
                        ('reuse_level', models.CharField(blank=True, max_length=40)),
                        ('status', models.CharField(blank=True, max_length=40)),
                        ('version', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='concepts', to='framework.escoversion')),
                    ],
                    options={
                        'ordering': ['version', 'uri'],
                        'indexes': [models.Index(fields=['version', 'kind'], name='esco_concept_kind')],
                        'constraints': [models.UniqueConstraint(fields=('version', 'uri'), name='esco_concept_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='EscoLabel',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('language', models.CharField(max_length=2)),
                        ('kind', models.CharField(choices=[('preferred', 'Preferred'), ('alternative', 'Alternative'), ('hidden', 'Hidden')], max_length=11)),
                        ('text', models.CharField(max_length=400)),
                        ('folded', models.CharField(max_length=1200)),
                        ('concept', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='labels', to='framework.escoconcept')),
                    ],
                    options={
                        'ordering': ['concept', 'language', 'kind', 'text'],
                        'indexes': [models.Index(fields=['concept', 'language', 'kind'], name='esco_label_of_concept'), models.Index(fields=['language', 'folded', 'concept'], name='esco_label_text')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'preferred')), fields=('concept', 'language'), name='esco_label_one_preferred')],
                    },
                ),
                migrations.CreateModel(
                    name='EscoMembership',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('collection', models.CharField(max_length=40)),
                        ('concept', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='framework.escoconcept')),
                    ],
                    options={
                        'ordering': ['collection', 'concept'],
                        'indexes': [models.Index(fields=['collection'], name='esco_membership_collection')],
                        'constraints': [models.UniqueConstraint(fields=('concept', 'collection'), name='esco_membership_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='EscoRelation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('broader', 'Broader'), ('essential', 'Essential'), ('optional', 'Optional'), ('related', 'Related')], max_length=9)),
                        ('source', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='relations', to='framework.escoconcept')),
                        ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations_to', to='framework.escoconcept')),
                    ],
                    options={
                        'ordering': ['source', 'kind', 'target'],
                        'constraints': [models.UniqueConstraint(fields=('source', 'target', 'kind'), name='esco_relation_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='EscoText',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('language', models.CharField(max_length=2)),
                        ('description', models.TextField()),
                        ('concept', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='framework.escoconcept')),
                    ],
                    options={
                        'ordering': ['concept', 'language'],
                        'constraints': [models.UniqueConstraint(fields=('concept', 'language'), name='esco_text_unique')],
                    },
                ),
            ],
        ),
    ]
