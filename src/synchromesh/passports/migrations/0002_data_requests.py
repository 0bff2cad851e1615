import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('passports', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='DataRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('asked', models.JSONField(help_text='Keys of the fields that are asked for.')),
                ('reason', models.CharField(max_length=300)),
                ('requested_by', models.CharField(max_length=40)),
                ('asked_at', models.DateTimeField()),
                ('handed', models.JSONField(default=dict, help_text='The document of engine.passport_models.writing.')),
                ('note', models.CharField(blank=True, max_length=300)),
                ('answered_by', models.CharField(blank=True, max_length=40)),
                ('answered_as', models.CharField(blank=True, choices=[('maker', 'Cell maker'), ('carmaker', 'Car maker'), ('workshop', 'Workshop'), ('recycler', 'Recycler'), ('authority', 'Authority')], max_length=10)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='passports.classroomteam')),
            ],
            options={
                'ordering': ['-asked_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', '')), models.Q(('answered_at__isnull', False), models.Q(('answered_by', ''), _negated=True)), _connector='OR'), name='data_request_answered_by_somebody')],
            },
        ),
    ]
