import django.db.models.deletion
import synchromesh.plumbing.create_models
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
                    name='ImportBatch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('kind', models.CharField(max_length=20)),
                        ('name', models.CharField(max_length=200)),
                        ('source', models.CharField(max_length=200)),
                        ('actor', models.CharField(max_length=40)),
                        ('options', models.JSONField(blank=True, default=dict)),
                        ('content', models.BinaryField(null=True)),
                        ('counts', models.JSONField(default=dict)),
                        ('problems', models.JSONField(default=list)),
                        ('status', models.CharField(choices=[('previewed', 'Previewed'), ('committed', 'Committed'), ('undone', 'Undone')], default='previewed', max_length=10)),
                        ('previewed_at', models.DateTimeField(auto_now_add=True)),
                        ('committed_at', models.DateTimeField(blank=True, null=True)),
                        ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['-previewed_at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='AuditEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(auto_now_add=True)),
                        ('actor', models.CharField(max_length=40)),
                        ('action', models.CharField(max_length=80)),
                        ('target_kind', models.CharField(max_length=40)),
                        ('target_uid', models.CharField(max_length=40)),
                        ('details', models.JSONField(blank=True, default=dict)),
                    ],
                    options={
                        'ordering': ['-at', '-id'],
                        'indexes': [models.Index(fields=['target_kind', 'target_uid'], name='plumbing_au_target__aa9855_idx'), models.Index(fields=['actor'], name='plumbing_au_actor_03ab8a_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='ImportedChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveIntegerField()),
                        ('model', models.CharField(max_length=80)),
                        ('record_id', models.BigIntegerField()),
                        ('before', models.JSONField(null=True)),
                        ('after', models.JSONField(null=True)),
                        ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='plumbing.importbatch')),
                    ],
                    options={
                        'ordering': ['batch', 'position'],
                        'constraints': [models.UniqueConstraint(fields=('batch', 'position'), name='imported_change_position_unique')],
                    },
                ),
            ],
        ),
    ]
