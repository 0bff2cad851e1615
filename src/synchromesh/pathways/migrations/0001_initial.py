import django.db.models.deletion
import synchromesh.plumbing.create_models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('catalogue', '0001_initial'),
        ('framework', '0001_initial'),
    ]

    operations = [
        synchromesh.plumbing.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Plan',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('hour_value_cents', models.PositiveIntegerField(default=2000)),
                        ('proved', models.BooleanField(default=False)),
                        ('saved_at', models.DateTimeField(auto_now_add=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plans', to=settings.AUTH_USER_MODEL)),
                        ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='framework.jobrole')),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='framework.frameworkversion')),
                    ],
                    options={
                        'ordering': ['-saved_at', '-id'],
                    },
                ),
                migrations.CreateModel(
                    name='PlanStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveSmallIntegerField()),
                        ('closes', models.JSONField(default=list)),
                        ('status', models.CharField(choices=[('planned', 'Planned'), ('started', 'Started'), ('finished', 'Finished')], default='planned', max_length=10)),
                        ('finished_on', models.DateField(blank=True, null=True)),
                        ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_steps', to='catalogue.course')),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='pathways.plan')),
                    ],
                    options={
                        'ordering': ['plan', 'position'],
                        'constraints': [models.UniqueConstraint(fields=('plan', 'position'), name='plan_step_position_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='Rating',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('kind', models.CharField(choices=[('self', 'Own answer'), ('peer', 'Colleague'), ('superior', 'Superior'), ('assessed', 'Assessed'), ('credential', 'Credential')], max_length=10)),
                        ('level', models.PositiveSmallIntegerField()),
                        ('rater', models.CharField(max_length=40)),
                        ('evidence', models.CharField(blank=True, max_length=300)),
                        ('rated_at', models.DateTimeField(auto_now_add=True)),
                        ('expires_on', models.DateField(blank=True, null=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to=settings.AUTH_USER_MODEL)),
                        ('skill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='framework.skill')),
                    ],
                    options={
                        'ordering': ['-rated_at', '-id'],
                        'indexes': [models.Index(fields=['person', 'skill'], name='pathways_ra_person__ed3e9c_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('level__lte', 3)), name='rating_level_0_to_3')],
                    },
                ),
            ],
        ),
    ]
