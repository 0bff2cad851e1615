import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('community', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='registration',
            name='feedback_asked_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='emailsuppression',
            name='kind',
            field=models.CharField(blank=True, choices=[('digest', 'Digests that I asked for'), ('event', 'Reminders of events'), ('feedback', 'Questions after events'), ('group', 'Mails of my groups'), ('membership', 'About our membership')], max_length=12),
        ),
        migrations.AlterField(
            model_name='mailpreference',
            name='kind',
            field=models.CharField(choices=[('digest', 'Digests that I asked for'), ('event', 'Reminders of events'), ('feedback', 'Questions after events'), ('group', 'Mails of my groups'), ('membership', 'About our membership')], max_length=12),
        ),
        migrations.CreateModel(
            name='OwnCalendar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='own_calendar', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['person'],
            },
        ),
    ]
